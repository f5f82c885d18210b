#include "ff/load_dataset.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <cmath>
#include <numeric>

#include "../digits.hpp"
#include "../idx_files.hpp"
#include "../temporary.hpp"
#include "ff/error.hpp"
#include "ff/files.hpp"
#include "gzipped.hpp"
#include "real_data.hpp"

using namespace ff;
using namespace ff::test;

namespace {

/// An MNIST image magnified by bicubic interpolation and drawn with a hard edge.
GreyImage magnified(std::span<const std::uint8_t> image, int factor, int left, int top, int side) {
  const auto pixel = [&](int x, int y) {
    return x < 0 || y < 0 || x > 27 || y > 27 ? 0.0 : image[y * 28 + x] / 255.0;
  };
  const auto weight = [](double t) {
    t = std::abs(t);
    if (t >= 2) return 0.0;
    return t < 1 ? 1.5 * t * t * t - 2.5 * t * t + 1 : -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2;
  };
  GreyImage result{side, side, Digit(static_cast<std::size_t>(side) * side)};
  for (int y = 0; y < 28 * factor; ++y) {
    for (int x = 0; x < 28 * factor; ++x) {
      const double u = (x + 0.5) / factor - 0.5, v = (y + 0.5) / factor - 0.5;
      double value = 0;
      for (int j = static_cast<int>(std::floor(v)) - 1; j < std::floor(v) + 3; ++j) {
        for (int i = static_cast<int>(std::floor(u)) - 1; i < std::floor(u) + 3; ++i) {
          value += weight(u - i) * weight(v - j) * pixel(i, j);
        }
      }
      const double edge = std::clamp((value - 0.5) * factor / 2 + 0.5, 0.0, 1.0);
      result.pixels[static_cast<std::size_t>(y + top) * side + x + left] =
          static_cast<std::uint8_t>(std::lround(255 * edge));
    }
  }
  return result;
}

/// A folder with mnist/ in it, its images and labels given.
class Data {
 public:
  Data(const Bytes& images, const Bytes& labels, const std::string& ending = "") {
    std::filesystem::create_directory(path() / "mnist");
    write_file(path() / ("mnist/t10k-images-idx3-ubyte" + ending), images);
    write_file(path() / ("mnist/t10k-labels-idx1-ubyte" + ending), labels);
  }
  const std::filesystem::path& path() const { return folder_.path(); }
  Dataset load() const { return load_dataset(path(), "mnist", Split::kTest); }

 private:
  TemporaryFolder folder_;
};

Bytes joined(Bytes first, const Bytes& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

}  // namespace

TEST_CASE("the data sets load whole", "[dataset][real]") {
  const Dataset train = load_dataset(real_data(), "mnist", Split::kTrain);
  const Dataset test = load_dataset(real_data(), "mnist", Split::kTest);
  CHECK(train.count() == 60000);
  CHECK(test.count() == 10000);
  CHECK(train.shape.size() == 784);
  CHECK(std::ranges::count(test.labels, 1) == 1135);
  // The mean intensity that the literature gives for MNIST's training set, 0.1307.
  const double sum = std::accumulate(train.pixels.begin(), train.pixels.end(), 0.0);
  CHECK(std::abs(sum / 255.0 / static_cast<double>(train.pixels.size()) - 0.1307) < 5e-5);
  CHECK(load_dataset(real_data(), "fashion-mnist", Split::kTest).count() == 10000);
}

TEST_CASE("a data set reads the same plain, packed, in several members and padded", "[dataset]") {
  const Bytes images = image_file(2, 4, 3, 24);
  const Bytes labels = label_file(2, {4, 0});
  const Dataset plain = Data(images, labels).load();
  CHECK(plain.labels == std::vector<std::uint16_t>{4, 0});
  CHECK(Data(gzipped(images), gzipped(labels), ".gz").load().pixels == plain.pixels);
  CHECK(Data(gzipped(images), gzipped(labels)).load().pixels == plain.pixels);
  const Bytes first(images.begin(), images.begin() + 21);
  const Bytes second(images.begin() + 21, images.end());
  CHECK(Data(joined(gzipped(first), gzipped(second)), labels).load().pixels == plain.pixels);
  CHECK(Data(joined(gzipped(images), Bytes(512)), labels).load().pixels == plain.pixels);
}

TEST_CASE("a malformed file of a data set is named, packed or not", "[dataset]") {
  const Data data(gzipped(image_file(2, 4, 3, 23)), label_file(2, {4, 0}), ".gz");
  const std::string name = (data.path() / "mnist/t10k-images-idx3-ubyte.gz").string();
  CHECK_THROWS_WITH(data.load(), name +
                                     " (unpacked): the header promises 2 images of 3x4 (40 "
                                     "bytes), the file has 39 bytes.");
  Bytes cut = gzipped(image_file(2, 4, 3, 24));
  cut.resize(cut.size() - 3);
  write_file(name, cut);
  CHECK_THROWS_WITH(data.load(), name + ": the gzip file is truncated.");
}

TEST_CASE("a pipe in place of a file of a data set is refused, not waited for", "[dataset]") {
  const Data data(image_file(2, 4, 3, 24), label_file(2, {4, 0}));
  const auto pipe = data.path() / "mnist/t10k-labels-idx1-ubyte";
  std::filesystem::remove(pipe);
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK_THROWS_WITH(data.load(), pipe.string() +
                                     ": this is a pipe or a device, an ordinary file was "
                                     "expected.");
}

TEST_CASE("a data set that is not there is named", "[dataset]") {
  CHECK_THROWS_WITH(
      load_dataset("/nowhere", "mnist", Split::kTest),
      "/nowhere/mnist/t10k-images-idx3-ubyte: there is no such file, nor one ending in "
      ".gz.");
}

TEST_CASE("images of fewer pixels than there are labels are refused", "[dataset]") {
  const Data data(image_file(2, 3, 3, 18), label_file(2, {4, 0}));
  CHECK_THROWS_WITH(data.load(),
                    data.path().string() +
                        ": the images of mnist are 3x3 pixels, at least the 10 that hold a label "
                        "were expected.");
}

TEST_CASE("MNIST's own digits, magnified, come out as they were", "[drawing][real]") {
  const Dataset test = load_dataset(real_data(), "mnist", Split::kTest);
  double sum = 0;
  constexpr int kImages = 100;
  for (int i = 0; i < kImages; ++i) {
    const auto image = test.image(static_cast<std::size_t>(i));
    const int factor = 3 + i % 7, room = 280 - 28 * factor;
    const GreyImage drawing = magnified(image, factor, i % 2 * room, i / 2 % 2 * room, 280);
    sum += difference({image.begin(), image.end()}, digit_of(drawing));
  }
  // Their strokes differ in width, which is brought to the usual; a shift by one pixel adds 0.3.
  CHECK(sum / kImages < 0.36);
}
