#include "ff/image_folder.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <string>

#include "../temporary.hpp"
#include "ff/error.hpp"
#include "ff/files.hpp"
#include "jpeg.hpp"
#include "png.hpp"

using namespace ff;
using namespace ff::test;
using Catch::Matchers::StartsWith;

namespace {

/// Images 10.png, 11.png, … of 5x4 pixels, each one shade brighter than the one before.
void write_class(const std::filesystem::path& folder, int count, int shade) {
  std::filesystem::create_directories(folder);
  for (int i = 0; i < count; ++i)
    write_file(folder / (std::to_string(10 + i) + ".png"),
               png(5, 4, static_cast<std::uint8_t>(shade + i)));
}

/// The shades of its images, in order.
Bytes shades(const Dataset& dataset) {
  Bytes result;
  for (std::size_t i = 0; i < dataset.count(); ++i) result.push_back(dataset.image(i)[0]);
  return result;
}

Bytes sorted(Bytes bytes) {
  std::ranges::sort(bytes);
  return bytes;
}

void refused(const std::filesystem::path& folder, const std::filesystem::path& culprit,
             const std::string& cause) {
  for (const Split split : {Split::kTrain, Split::kTest})
    CHECK_THROWS_WITH(load_image_folder(folder, split), culprit.string() + ": " + cause);
}

}  // namespace

TEST_CASE("of folders of classes every sixth image is for the test", "[folder]") {
  const TemporaryFolder folder;
  write_class(folder.path() / "cat", 13, 100);
  write_class(folder.path() / "ant", 7, 1);
  write_file(folder.path() / "cat/.hidden.png", Bytes{1});
  write_file(folder.path() / "cat/notes.txt", Bytes{1});
  std::filesystem::create_directory(folder.path() / ".cache");
  const Dataset test = load_image_folder(folder.path(), Split::kTest);
  CHECK(shades(test) == Bytes{6, 105, 111});
  CHECK(test.labels == std::vector<std::uint16_t>{0, 1, 1});
  CHECK(test.classes.size() == 2);
  CHECK(test.shape.width == 5);
  CHECK(test.shape.height == 4);
  CHECK(test.shape.channels == 1);
  const Dataset train = load_image_folder(folder.path(), Split::kTrain);
  CHECK(sorted(shades(train)) ==
        Bytes{1, 2, 3, 4, 5, 7, 100, 101, 102, 103, 104, 106, 107, 108, 109, 110, 112});
  for (std::size_t i = 0; i < train.count(); ++i)
    CHECK(train.labels[i] == (train.image(i)[0] >= 100 ? 1 : 0));
}

TEST_CASE("train/ and test/ are taken as they are", "[folder]") {
  const TemporaryFolder folder;
  write_class(folder.path() / "train/a", 3, 10);
  write_class(folder.path() / "train/b", 2, 20);
  write_class(folder.path() / "test/a", 1, 30);
  write_class(folder.path() / "test/b", 2, 40);
  CHECK(sorted(shades(load_image_folder(folder.path(), Split::kTrain))) ==
        Bytes{10, 11, 12, 20, 21});
  CHECK(shades(load_image_folder(folder.path(), Split::kTest)) == Bytes{30, 40, 41});

  std::filesystem::rename(folder.path() / "test/b", folder.path() / "test/c");
  refused(folder.path(), folder.path() / "test/b",
          "there is no such folder, train/ and test/ were expected to have the same classes.");
  write_class(folder.path() / "test/b", 1, 0);
  refused(folder.path(), folder.path() / "train/c",
          "there is no such folder, train/ and test/ were expected to have the same classes.");
}

TEST_CASE("the training images come in one order, any stretch of which has all classes",
          "[folder]") {
  const TemporaryFolder folder;
  for (int label = 0; label < 5; ++label)
    write_class(folder.path() / std::to_string(label), 24, 24 * label);
  const Dataset train = load_image_folder(folder.path(), Split::kTrain);
  REQUIRE(train.count() == 100);
  CHECK(load_image_folder(folder.path(), Split::kTrain).pixels == train.pixels);
  for (std::size_t first = 0; first < train.count(); first += 20)
    for (std::uint8_t label = 0; label < 5; ++label)
      CHECK(std::ranges::count(std::span(train.labels).subspan(first, 20), label) > 0);
}

TEST_CASE("one image in colour gives all of them three channels", "[folder]") {
  const TemporaryFolder folder;
  write_class(folder.path() / "a", 6, 10);
  write_class(folder.path() / "b", 6, 20);
  write_file(folder.path() / "b/15.png", png(5, 4, 200, true));  // for the test
  const Dataset train = load_image_folder(folder.path(), Split::kTrain);
  CHECK(train.shape.channels == 3);
  CHECK(train.shape.size() == 60);
  CHECK(train.image(0)[40] == train.image(0)[0]);
  const Dataset test = load_image_folder(folder.path(), Split::kTest);
  CHECK(test.image(1)[19] == 200);
  CHECK(test.image(1)[20] == 0);
}

TEST_CASE("images are known by what they are, whatever their names", "[folder]") {
  const TemporaryFolder folder;
  write_class(folder.path() / "a", 6, 10);
  write_class(folder.path() / "b", 6, 20);
  const Bytes grey = jpeg(5, 4, Bytes(20, 200));
  write_file(folder.path() / "a/20.JPG", grey);
  write_file(folder.path() / "a/21.Jpeg", grey);
  write_file(folder.path() / "a/22.png", grey);
  write_file(folder.path() / "b/23.JPEG", png(5, 4, 200));
  write_file(folder.path() / "b/24", png(5, 4, 200));
  write_file(folder.path() / "b/25.PNG", png(5, 4, 200));
  write_file(folder.path() / "b/notes.md", Bytes{'#'});
  const Dataset train = load_image_folder(folder.path(), Split::kTrain);
  const Dataset test = load_image_folder(folder.path(), Split::kTest);
  CHECK(train.shape.channels == 1);
  CHECK(train.count() + test.count() == 18);
  CHECK(std::ranges::count(shades(train), 200) + std::ranges::count(shades(test), 200) == 6);
}

TEST_CASE("photographs are turned upright before their sizes are compared", "[folder]") {
  const TemporaryFolder folder;
  write_class(folder.path() / "a", 6, 10);
  write_class(folder.path() / "b", 6, 20);
  const auto photo = folder.path() / "b/12.jpg";
  write_file(photo, jpeg(4, 5, Bytes(60, 99), {.colours = JCS_RGB, .exif = exif(6)}));
  const Dataset train = load_image_folder(folder.path(), Split::kTrain);
  CHECK(train.shape.width == 5);
  CHECK(train.shape.channels == 3);
  CHECK(std::ranges::count(shades(train), 99) == 1);
  write_file(photo, jpeg(4, 5, Bytes(60, 99), {.colours = JCS_RGB}));
  refused(folder.path(), photo, "the image is 4x5 pixels, 5x4 as of the first image was expected.");
  write_file(photo, jpeg(5, 4, Bytes(80, 99), {.colours = JCS_CMYK}));
  refused(folder.path(), photo,
          "the JPEG image is in CMYK, the colours of print, one in RGB or grey was expected.");
}

TEST_CASE("pictures of other formats are refused by name, not left out", "[folder]") {
  const TemporaryFolder folder;
  write_class(folder.path() / "a", 6, 10);
  write_class(folder.path() / "b", 6, 20);
  const auto refuses = [&](const char* name, std::string_view begins, const std::string& kind) {
    Bytes bytes;
    append(bytes, begins);
    bytes.resize(64);
    const auto file = folder.path() / "b" / name;
    write_file(file, bytes);
    refused(folder.path(), file, "this is " + kind + ", a PNG or JPEG image was expected.");
    std::filesystem::remove(file);
  };
  refuses("x.gif", "GIF89a", "a GIF image");
  refuses("x.WebP", "RIFF1234WEBPVP8 ", "a WebP image");
  refuses("x.bmp", "BM", "a BMP image");
  refuses("x.TIF", std::string_view("MM\0*", 4), "a TIFF image");
  refuses("x", "GIF87a", "a GIF image");
  write_file(folder.path() / "b/x.svg", Bytes{'<', 's', 'v', 'g'});
  refused(folder.path(), folder.path() / "b/x.svg",
          "this is an XML or SVG file, a PNG or JPEG image was expected.");
}

TEST_CASE("a pipe among the images is refused, not waited for", "[folder]") {
  const TemporaryFolder folder;
  write_class(folder.path() / "a", 6, 10);
  write_class(folder.path() / "b", 6, 20);
  const auto other = folder.path() / "b/other";  // no picture by its name
  REQUIRE(mkfifo(other.c_str(), 0600) == 0);
  CHECK(load_image_folder(folder.path(), Split::kTest).count() == 2);
  const auto pipe = folder.path() / "b/12.png";
  std::filesystem::remove(pipe);
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  refused(folder.path(), pipe, "this is a pipe or a device, an ordinary file was expected.");
  std::filesystem::remove(pipe);
  std::filesystem::create_symlink("/dev/zero", pipe);
  refused(folder.path(), pipe, "this is a pipe or a device, an ordinary file was expected.");
}

TEST_CASE("train/ needs test/, and a folder of another name is named", "[folder]") {
  const TemporaryFolder folder;
  write_class(folder.path() / "train/a", 6, 10);
  write_class(folder.path() / "train/b", 6, 20);
  refused(folder.path(), folder.path(),
          "there is train/ but no test/, the folder of the images that judge the net.");
  write_class(folder.path() / "Val/a", 6, 10);
  write_class(folder.path() / "Val/b", 6, 20);
  refused(folder.path(), folder.path(),
          "there is train/ but no test/, please rename Val/ to test/ if its images are to judge "
          "the net.");
  std::filesystem::rename(folder.path() / "Val", folder.path() / "TEST");
  std::filesystem::rename(folder.path() / "train", folder.path() / "Train");
  CHECK(load_image_folder(folder.path(), Split::kTest).count() == 12);
}

TEST_CASE("a class may be called train", "[folder]") {
  const TemporaryFolder folder;
  write_class(folder.path() / "car", 6, 10);
  write_class(folder.path() / "train", 6, 20);
  CHECK(load_image_folder(folder.path(), Split::kTrain).count() == 10);
}

TEST_CASE("images that do not fit together or are none are refused by name", "[folder]") {
  const TemporaryFolder folder;
  write_class(folder.path() / "a", 6, 10);
  write_class(folder.path() / "b", 6, 20);
  const auto file = folder.path() / "b/12.PNG";
  const auto refuses = [&](const Bytes& bytes, const std::string& cause) {
    write_file(file, bytes);
    refused(folder.path(), file, cause);
  };
  refuses(png(4, 5, 0), "the image is 4x5 pixels, 5x4 as of the first image was expected.");
  refuses(png(257, 1, 0), "the image is 257x1 pixels, at most 256 a side were expected.");
  refuses({}, "this is an empty file, a PNG or JPEG image was expected.");
  const Bytes whole = png(5, 4, 0);
  write_file(file, {whole.data(), whole.size() - 20});
  CHECK_THROWS_WITH(load_image_folder(folder.path(), Split::kTrain),
                    file.string() + ": the PNG image is truncated.");
  refuses({whole.begin(), whole.begin() + 20}, "the PNG image is truncated.");
  refuses(Bytes((std::size_t{1} << 20) + 1),
          "the file is larger than 1 MiB, the most that an image may have.");
  std::filesystem::remove(file);
  std::filesystem::create_directory(file);
  refused(folder.path(), file, "this is a folder, a file was expected.");
}

TEST_CASE("other than 2 to 1000 classes with images each are refused by name", "[folder]") {
  const TemporaryFolder folder;
  const std::string expected =
      "2 to 1000 folders of images were expected here or in both train/ and test/, there are ";
  refused(folder.path(), folder.path(), expected + "0.");
  write_class(folder.path() / "train/a", 6, 0);
  std::filesystem::create_directory(folder.path() / "test");
  refused(folder.path(), folder.path() / "train", expected + "1.");
  std::filesystem::remove_all(folder.path() / "train");
  refused(folder.path(), folder.path(), expected + "1.");
  write_class(folder.path() / "a", 6, 0);
  refused(folder.path(), folder.path() / "test", "there is no PNG or JPEG image in this folder.");
  write_class(folder.path() / "test", 5, 0);
  refused(folder.path(), folder.path() / "test",
          "at least 6 images were expected, of which every sixth is for the test, there are 5.");
  for (int name = 0; name < 999; ++name)
    std::filesystem::create_directory(folder.path() / std::to_string(name));
  refused(folder.path(), folder.path(), expected + "1001.");
  CHECK_THROWS_WITH(load_image_folder(folder.path() / "none", Split::kTrain),
                    StartsWith((folder.path() / "none").string() + ": the folder cannot be read"));
}
