#include "ff/cifar10.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <string>

#include "../bytes.hpp"
#include "../temporary.hpp"
#include "ff/error.hpp"
#include "ff/files.hpp"

using namespace ff;
using namespace ff::test;

namespace {

/// A record whose red, green and blue are 1, 2 and 3 above `shade`.
Bytes record(std::uint8_t label, int shade) {
  Bytes bytes = {label};
  for (int channel = 1; channel <= 3; ++channel)
    bytes.insert(bytes.end(), 1024, static_cast<std::uint8_t>(shade + channel));
  return bytes;
}

void write_training_files(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  for (int batch = 1; batch <= 5; ++batch)
    write_file(folder / ("data_batch_" + std::to_string(batch) + ".bin"),
               record(static_cast<std::uint8_t>(batch), 10 * batch));
}

}  // namespace

TEST_CASE("CIFAR-10's records become images of three channels", "[cifar10]") {
  Bytes bytes = record(3, 0);
  const Bytes second = record(9, 100);
  bytes.insert(bytes.end(), second.begin(), second.end());
  Dataset dataset = empty_cifar10();
  append_cifar10(bytes, "batch", dataset);
  CHECK(dataset.labels == std::vector<std::uint16_t>{3, 9});
  CHECK(dataset.shape.size() == 3072);
  CHECK(dataset.image(0)[1023] == 1);
  CHECK(dataset.image(1)[0] == 101);
  CHECK(dataset.image(1)[1024] == 102);
  CHECK(dataset.image(1)[3071] == 103);
}

TEST_CASE("a malformed CIFAR-10 file is refused by name and cause", "[cifar10]") {
  const auto refused = [](const Bytes& bytes, const std::string& message) {
    Dataset dataset = empty_cifar10();
    CHECK_THROWS_WITH(append_cifar10(bytes, "b", dataset), message);
  };
  const std::string expected =
      " bytes, whole records of 3073 bytes were expected, a label and 32x32 coloured pixels.";
  refused({}, "b: this is an empty file, a file of CIFAR-10's binary version was expected.");
  refused(Bytes(3072), "b: the file has 3072" + expected);
  refused(Bytes(2 * 3073 + 1), "b: the file has 6147" + expected);
  Bytes page;
  append(page, "<html>");
  refused(page, "b: this is an HTML page, a file of CIFAR-10's binary version was expected.");
  Bytes wrong = record(9, 0);
  wrong.push_back(10);
  wrong.resize(std::size_t{2} * 3073);
  refused(wrong, "b: the label of record 1 is 10, 0 to 9 was expected.");
}

TEST_CASE("CIFAR-10's files are found, also as the archive unpacks", "[cifar10][dataset]") {
  const TemporaryFolder data;
  const auto folder = data.path() / "cifar-10";
  const auto inner = GENERATE(false, true) ? folder / "cifar-10-batches-bin" : folder;
  write_training_files(inner);
  const Dataset train = load_cifar10(folder, Split::kTrain);
  CHECK(train.labels == std::vector<std::uint16_t>{1, 2, 3, 4, 5});
  CHECK(train.image(4)[0] == 51);
  CHECK_THROWS_WITH(load_cifar10(folder, Split::kTest),
                    (folder / "test_batch.bin").string() +
                        ": there is no such file, nor one in cifar-10-batches-bin/ beside it.");
  const auto third = inner / "data_batch_3.bin";
  write_file(third, Bytes(5));
  CHECK_THROWS_WITH(
      load_cifar10(folder, Split::kTrain),
      Catch::Matchers::StartsWith(third.string() + ": the file has 5 bytes, whole records"));
}
