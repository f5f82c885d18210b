#include "ff/idx.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <filesystem>
#include <numeric>
#include <string>

#include "bytes.hpp"
#include "ff/dataset.hpp"
#include "ff/error.hpp"
#include "ff/files.hpp"
#include "gzipped.hpp"
#include "real_data.hpp"
#include "temporary.hpp"

using namespace ff;
using namespace ff::test;

namespace {

Bytes image_file(std::uint32_t count, std::uint32_t rows, std::uint32_t columns,
                 std::size_t pixels) {
  Bytes bytes;
  for (const std::uint32_t word : {0x803u, count, rows, columns}) append_big_endian(bytes, word);
  for (std::size_t i = 0; i < pixels; ++i) bytes.push_back(static_cast<std::uint8_t>(i));
  return bytes;
}

Bytes label_file(std::uint32_t count, const Bytes& labels) {
  Bytes bytes;
  for (const std::uint32_t word : {0x801u, count}) append_big_endian(bytes, word);
  bytes.insert(bytes.end(), labels.begin(), labels.end());
  return bytes;
}

Bytes beginning_with(std::uint32_t magic) {
  Bytes bytes;
  append_big_endian(bytes, magic);
  bytes.resize(100);
  return bytes;
}

}  // namespace

TEST_CASE("IDX images keep the order of their header and pixels", "[idx]") {
  const IdxImages images = idx_images(image_file(2, 3, 4, 24), "images");
  CHECK(images.count == 2);
  CHECK(images.width == 4);
  CHECK(images.height == 3);
  CHECK(images.pixels[13] == 13);
}

TEST_CASE("a gzipped IDX file reads as the plain one does", "[idx][gzip]") {
  const Bytes plain = image_file(3, 28, 28, 3 * 784);
  CHECK(idx_images(gzipped(plain), "i").pixels == idx_images(plain, "i").pixels);
  const Bytes labels = label_file(3, {7, 2, 1});
  CHECK(idx_labels(gzipped(labels), "l") == Bytes{7, 2, 1});
}

TEST_CASE("a malformed IDX image file is refused by name and cause", "[idx]") {
  const auto refused = [](const Bytes& bytes, const std::string& message) {
    CHECK_THROWS_WITH(idx_images(bytes, "im"), message);
  };
  refused({}, "im: the file is empty, an IDX image file was expected.");
  refused({0, 0, 8, 3, 0, 0},
          "im: the file is truncated: its 6 bytes do not hold the 16-byte header of an IDX image "
          "file.");
  refused(beginning_with(0x89504e47),
          "im: this is not an IDX image file: it begins with 0x89504e47, 0x00000803 was expected.");
  refused(label_file(1, {3}), "im: this is an IDX label file, an IDX image file was expected.");
  refused(
      image_file(10000, 28, 28, 4984),
      "im: the header promises 10000 images of 28x28 (7840016 bytes), the file has 5000 bytes.");
  refused(image_file(2, 2, 2, 9),
          "im: the header promises 2 images of 2x2 (24 bytes), the file has 25 bytes.");
  refused(image_file(0, 28, 28, 0),
          "im: the header promises 0 images of 28x28, at least one image was expected.");
  refused(image_file(5, 0, 28, 0),
          "im: the header promises 5 images of 28x0, at least one image was expected.");
  refused(
      image_file(0xffffffff, 0xffffffff, 0xffffffff, 1),
      "im: the header promises 4294967295 images of 4294967295x4294967295, at most 65536 pixels "
      "a side were expected.");
  refused(image_file(0xffffffff, 65536, 65536, 0),
          "im: the header promises 4294967295 images of 65536x65536 (18446744069414584336 bytes), "
          "the file has 16 bytes.");
  refused(gzipped(image_file(2, 2, 2, 7)),
          "im (unpacked): the header promises 2 images of 2x2 (24 bytes), the file has 23 bytes.");
}

TEST_CASE("a malformed IDX label file is refused by name and cause", "[idx]") {
  const auto refused = [](const Bytes& bytes, const std::string& message) {
    CHECK_THROWS_WITH(idx_labels(bytes, "lab"), message);
  };
  refused({}, "lab: the file is empty, an IDX label file was expected.");
  refused(label_file(0, {}), "lab: the header promises 0 labels, at least one was expected.");
  refused(label_file(3, {1, 2}),
          "lab: the header promises 3 labels (11 bytes), the file has 10 bytes.");
  refused(label_file(1, {1, 2}),
          "lab: the header promises 1 labels (9 bytes), the file has 10 bytes.");
  refused(label_file(3, {9, 10, 0}), "lab: label 1 is 10, 0 to 9 was expected.");
  refused(image_file(1, 1, 1, 1),
          "lab: this is an IDX image file, an IDX label file was expected.");
}

TEST_CASE("an IDX file cut anywhere is refused in one sentence", "[idx]") {
  const Bytes whole = image_file(3, 4, 5, 60);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO("cut to " << size << " bytes");
    try {
      idx_images(std::span(whole).first(size), "cut");
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(is_one_sentence(error.what()));
    }
  }
}

TEST_CASE("images and labels must be as many", "[dataset]") {
  const Dataset dataset =
      dataset_from_idx(image_file(2, 1, 3, 6), label_file(2, {4, 0}), "images", "labels");
  CHECK(dataset.count() == 2);
  CHECK(dataset.width == 3);
  CHECK(dataset.height == 1);
  CHECK(dataset.image(1)[2] == 5);
  CHECK(dataset.labels == Bytes{4, 0});
  CHECK_THROWS_WITH(
      dataset_from_idx(image_file(2, 1, 3, 6), label_file(3, {4, 0, 1}), "images", "labels"),
      "labels: the file has 3 labels for the 2 images of images, as many were expected.");
}

TEST_CASE("the data sets load whole", "[dataset][real]") {
  const Dataset train = load_dataset(real_data(), "mnist", Split::kTrain);
  const Dataset test = load_dataset(real_data(), "mnist", Split::kTest);
  CHECK(train.count() == 60000);
  CHECK(test.count() == 10000);
  CHECK(train.image_size() == 784);
  CHECK(std::ranges::count(test.labels, 1) == 1135);
  // The mean intensity that the literature gives for MNIST's training set, 0.1307.
  const double sum = std::accumulate(train.pixels.begin(), train.pixels.end(), 0.0);
  CHECK(std::abs(sum / 255.0 / static_cast<double>(train.pixels.size()) - 0.1307) < 5e-5);
  CHECK(load_dataset(real_data(), "fashion-mnist", Split::kTest).count() == 10000);
}

TEST_CASE("a data set that is not there is named", "[dataset]") {
  CHECK_THROWS_WITH(
      load_dataset("/nowhere", "mnist", Split::kTest),
      "/nowhere/mnist/t10k-images-idx3-ubyte: there is no such file, nor one ending in "
      ".gz.");
}

TEST_CASE("images of fewer pixels than there are labels are refused", "[dataset]") {
  const TemporaryFolder data;
  std::filesystem::create_directory(data.path() / "mnist");
  write_file(data.path() / "mnist/t10k-images-idx3-ubyte", image_file(2, 3, 3, 18));
  write_file(data.path() / "mnist/t10k-labels-idx1-ubyte", label_file(2, {4, 0}));
  CHECK_THROWS_WITH(load_dataset(data.path(), "mnist", Split::kTest),
                    data.path().string() +
                        ": the images of mnist are 3x3 pixels, at least the 10 that hold a label "
                        "were expected.");
}
