#include "ff/idx.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <filesystem>
#include <string>

#include "../idx_files.hpp"
#include "ff/dataset.hpp"
#include "ff/error.hpp"
#include "ff/files.hpp"

using namespace ff;
using namespace ff::test;

namespace {

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

TEST_CASE("a malformed IDX image file is refused by name and cause", "[idx]") {
  const auto refused = [](const Bytes& bytes, const std::string& message) {
    CHECK_THROWS_WITH(idx_images(bytes, "im"), message);
  };
  refused({}, "im: this is an empty file, an IDX image file was expected.");
  refused({0, 0, 8, 3, 0, 0},
          "im: the file is truncated: its 6 bytes do not hold the 16-byte header of an IDX image "
          "file.");
  refused(beginning_with(0x89504e48), "im: this is not an IDX image file.");
  Bytes page;
  append(page, "<!DOCTYPE html><title>404</title>");
  refused(page, "im: this is an HTML page, an IDX image file was expected.");
  refused({0x1f, 0x8b, 8, 0}, "im: this is a gzip file, an IDX image file was expected.");
  Bytes pointer;
  append(pointer, "version https://git-lfs.github.com/spec/v1\n");
  refused(pointer,
          "im: this is a Git LFS pointer in place of the file, which git lfs pull fetches, an IDX "
          "image file was expected.");
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
  refused(image_file(0xffffffff, 0xffffffff, 0xffffffff, 1),
          "im: the header promises images of more than 65536 pixels a side.");
  refused(image_file(0xffffffff, 65536, 65536, 0),
          "im: the header promises over 9999999 images of 65536x65536 (over 9999999 GiB), the file "
          "has 16 bytes.");
}

TEST_CASE("a malformed IDX label file is refused by name and cause", "[idx]") {
  const auto refused = [](const Bytes& bytes, const std::string& message) {
    CHECK_THROWS_WITH(idx_labels(bytes, "lab"), message);
  };
  refused({}, "lab: this is an empty file, an IDX label file was expected.");
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
  CHECK(dataset.shape.width == 3);
  CHECK(dataset.shape.height == 1);
  CHECK(dataset.image(1)[2] == 5);
  CHECK(dataset.labels == std::vector<std::uint16_t>{4, 0});
  CHECK_THROWS_WITH(
      dataset_from_idx(image_file(2, 1, 3, 6), label_file(3, {4, 0, 1}), "images", "labels"),
      "labels: the file has 3 labels for the 2 images of images, as many were expected.");
}
