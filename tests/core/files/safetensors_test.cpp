#include "ff/safetensors.hpp"

#include <Eigen/Core>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>

#include "../bytes.hpp"
#include "ff/error.hpp"

using namespace ff;
using namespace ff::test;
using namespace std::string_literals;

namespace {

Bytes file_of(std::string_view header, std::size_t data_size) {
  Bytes bytes;
  append_little_endian(bytes, header.size(), 8);
  append(bytes, header);
  bytes.resize(bytes.size() + data_size);
  return bytes;
}

TensorFile sample() {
  return {{{"b", {{2, 3}, {1, 2, 3, 4, 5, 6.5f}}}, {"a", {{2}, {0.1f, -2}}}},
          {{"config", "{\"layers\":[5]}"}}};
}

std::string refusal(const Bytes& bytes) {
  try {
    read_safetensors(bytes, "model");
    return "accepted";
  } catch (const Error& error) {
    CHECK(is_one_sentence(error.what()));
    return error.what();
  }
}

std::string refusal(std::string_view header, std::size_t data_size) {
  return refusal(file_of(header, data_size));
}

}  // namespace

TEST_CASE("safetensors are written byte for byte as Python's library writes them",
          "[safetensors]") {
  // From safetensors.numpy.save of the same tensors.
  Bytes expected;
  append(expected,
         "\xa0\0\0\0\0\0\0\0{\"__metadata__\":{\"config\":\"{\\\"layers\\\":[5]}\"},"
         "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
         "\"b\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[8,32]}}     "
         "\xcd\xcc\xcc=\0\0\0\xc0\0\0\x80?\0\0\0@\0\0@@\0\0\x80@\0\0\xa0@\0\0\xd0@"s);
  CHECK(write_safetensors(sample(), TensorType::kF32) == expected);

  TensorFile halves = sample();
  halves.metadata = {{"config", "x"}};
  expected.clear();
  append(expected,
         "\x90\0\0\0\0\0\0\0{\"__metadata__\":{\"config\":\"x\"},"
         "\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
         "\"b\":{\"dtype\":\"F16\",\"shape\":[2,3],\"data_offsets\":[4,16]}}    "
         "f.\0\xc0\0<\0@\0B\0D\0E\x80"
         "F"s);
  CHECK(write_safetensors(halves, TensorType::kF16) == expected);
}

TEST_CASE("safetensors come back as they were", "[safetensors]") {
  TensorFile file = sample();
  file.tensors["scalar"] = {{}, {42}};
  file.tensors["nothing"] = {{3, 0}, {}};
  file.metadata["any text"] = "\"quoted\" \\ \n\t\x01 ä 数 {}";
  const TensorFile back = read_safetensors(write_safetensors(file, TensorType::kF32), "f");
  CHECK(back.metadata == file.metadata);
  REQUIRE(back.tensors.size() == file.tensors.size());
  for (const auto& [name, tensor] : file.tensors) {
    CHECK(back.tensors.at(name).shape == tensor.shape);
    CHECK(back.tensors.at(name).values == tensor.values);
  }
  CHECK(read_safetensors(write_safetensors({}, TensorType::kF32), "f").tensors.empty());
}

TEST_CASE("F16 rounds to the nearest, ties to even", "[safetensors]") {
  const float step = 1.0f / 1024;  // between halves from 1 on
  const TensorFile file = {
      {{"t", {{6}, {1 + step / 2, 1 + 3 * step / 2, 1 + 0.51f * step, 65504, 6e-8f, -0.0f}}}}, {}};
  const Tensor back =
      read_safetensors(write_safetensors(file, TensorType::kF16), "f").tensors.at("t");
  CHECK(back.values == std::vector<float>{1, 1 + 2 * step, 1 + step, 65504, 0x1p-24f, 0});
  CHECK(std::signbit(back.values[5]));
}

TEST_CASE("what cannot be kept is not written", "[safetensors]") {
  const auto writing = [](const Tensor& tensor, TensorType type) {
    return write_safetensors({{{"w", tensor}}, {}}, type);
  };
  CHECK_THROWS_WITH(writing({{1}, {65520}}, TensorType::kF16),
                    "Tensor \"w\" holds 65520, a finite number that fits F16 was expected.");
  CHECK_NOTHROW(writing({{1}, {65520}}, TensorType::kF32));
  CHECK_THROWS_AS(writing({{1}, {std::nanf("")}}, TensorType::kF32), Error);
  CHECK_THROWS_AS(writing({{2, 2}, {1, 2, 3}}, TensorType::kF32), Error);
  CHECK_THROWS_AS(
      writing({{std::numeric_limits<std::size_t>::max() / 2 + 1, 2}, {}}, TensorType::kF32), Error);
  CHECK_THROWS_AS(write_safetensors({{{"__metadata__", {{1}, {1}}}}, {}}, TensorType::kF32), Error);
  CHECK_THROWS_AS(write_safetensors({{}, {{"key", "\xff"}}}, TensorType::kF32), Error);
}

TEST_CASE("a lying safetensors file is refused by name and cause", "[safetensors]") {
  const std::string other =
      "model: this is no safetensors file: it does not begin with the length of a header.";
  CHECK(refusal({1, 2, 3}) == other);
  CHECK(refusal(Bytes(8, 0xff)) == other);
  CHECK(refusal({64, 0, 0, 0, 0, 0, 0, 0, '{', '}'}) ==
        "model: the file is truncated: of its header's 64 bytes there are 2 bytes.");
  CHECK(refusal("not json", 0) ==
        "model: the header is not JSON, so this is no safetensors file or a damaged one.");
  CHECK(refusal("[]", 0) == "model: the header is not a JSON object.");
  CHECK(refusal(std::string(1000000, '['), 0) ==
        "model: the header is no safetensors header: nested too deeply.");
  CHECK(refusal(R"({"__metadata__":{"a":1}})", 0) == "model: the metadata \"a\" is not text.");
  CHECK(refusal(R"({"__metadata__":[]})", 0) == "model: the metadata is not a JSON object.");
  CHECK(refusal(R"({"w":5})", 0) ==
        "model: tensor \"w\" has no \"data_offsets\" that is a list of whole numbers.");
  CHECK(refusal(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}})", 4) ==
        "model: tensor \"w\" has no \"data_offsets\" that is a list of whole numbers.");
  CHECK(refusal(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}})", 4) ==
        "model: tensor \"w\" has offsets outside the file's 4 bytes of data.");
  CHECK(refusal(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", 4) ==
        "model: tensor \"w\" has offsets outside the file's 4 bytes of data.");
  CHECK(refusal(R"({"w":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}})", 4) ==
        "model: tensor \"w\" has neither type F32 nor F16.");
  CHECK(refusal(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", 4) ==
        "model: tensor \"w\" has a shape that does not match its 4 bytes.");
  CHECK(refusal(R"({"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})",
                0) == "model: tensor \"w\" has a shape that does not match its 0 bytes.");
  CHECK(refusal(R"({"w":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}})", 4) ==
        "model: tensor \"w\" has no \"shape\" that is a list of whole numbers.");
}

TEST_CASE("safetensors must cover the data once and name each tensor once", "[safetensors]") {
  const auto two = [](std::string_view a, std::string_view b, std::string_view name = "b") {
    return R"({"a":{"dtype":"F32","shape":[1],"data_offsets":)"s.append(a) + "},\""s.append(name) +
           R"(":{"dtype":"F32","shape":[1],"data_offsets":)"s.append(b) + "}}";
  };
  CHECK(refusal(two("[4,8]", "[0,4]"), 8) == "accepted");
  CHECK(refusal(two("[0,4]", "[0,4]"), 4) == "model: tensor \"b\" overlaps another tensor.");
  CHECK(refusal(two("[0,4]", "[8,12]"), 12) == "model: tensor \"b\" leaves a gap before it.");
  CHECK(refusal(two("[0,4]", "[4,8]"), 9) ==
        "model: the tensors take 8 bytes, the file has 9 bytes of data.");
}

TEST_CASE("a key that a safetensors header has twice is named", "[safetensors]") {
  const auto twice = [](std::string_view key) {
    return "model: the header has the key \""s.append(key) + "\" twice.";
  };
  const std::string entry = R"({"dtype":"F32","shape":[0],"data_offsets":[0,0]})";
  CHECK(refusal(R"({"a":)" + entry + R"(,"b":)" + entry + R"(,"a":)" + entry + "}", 0) ==
        twice("a"));
  CHECK(refusal(R"({"a":{"dtype":"F32","shape":[0],"dtype":"F16","data_offsets":[0,0]}})", 0) ==
        twice("dtype"));
  CHECK(refusal(R"({"__metadata__":{"config":"{}","step":"1","config":"{}"}})", 0) ==
        twice("config"));
  CHECK(refusal(R"({"__metadata__":{},"a":)" + entry + R"(,"__metadata__":{}})", 0) ==
        twice("__metadata__"));
  CHECK(refusal(R"({"a":)" + entry + R"(,"b":)" + entry + "}", 0) == "accepted");
}

TEST_CASE("a safetensors header of very many keys is refused at once", "[safetensors]") {
  std::string header = "{";
  for (int i = 0; i < 500'000; ++i) header += "\"" + std::to_string(i) + "\":0,";
  CHECK(refusal(header + "\"w\":0}", 0) == "model: the header has more than 4096 keys, too many.");
}

TEST_CASE("what is given in place of a model is called by its name", "[safetensors]") {
  const auto called = [](std::string_view begins) {
    Bytes bytes;
    append(bytes, begins);
    const std::string message = refusal(bytes);
    const std::string around = "model: this is , a safetensors file was expected.";
    CHECK(message.size() > around.size());
    return message.substr(15, message.size() - around.size());
  };
  CHECK(called("<!DOCTYPE html>\n<html lang=\"en\">") == "an HTML page");
  CHECK(called("\xef\xbb\xbf\r\n  <HTML><head>") == "an HTML page");
  CHECK(called("<?xml version=\"1.0\"?><svg/>") == "an XML or SVG file");
  CHECK(called("\x1f\x8b\x08\0\x12\x34\x56\x78\0\xff"s) == "a gzip file");
  // Without a time stamp its first eight bytes could be the length of a header.
  CHECK(called("\x1f\x8b\x08\0\0\0\0\0\0\xff"s) == "a gzip file");
  CHECK(called("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12345\n") ==
        "a Git LFS pointer in place of the file, which git lfs pull fetches");
  const std::string zip = "PK\3\4" + std::string(26, '\0');
  CHECK(called(zip + "archive/data.pkl") == "a PyTorch file");
  CHECK(called(zip + "weights.npy") == "a zip archive");
  CHECK(called("\x80\x02\x8a\x0al\xfc\x9c\x46") == "a Python pickle, as PyTorch writes them");
  CHECK(called("\x80\x04\x95") == "a Python pickle, as PyTorch writes them");
  CHECK(called("\x93NUMPY\x01\0"s) == "a NumPy file");
  CHECK(called("\x89PNG\r\n\x1a\n\0"s) == "a PNG image");
  CHECK(called("\0\0\x08\x03\0\0"s) == "an IDX image file");
  CHECK(called("{\"layers\": [500]}") == "a JSON file");
  CHECK(called("layers = 500\n") == "a text file");
  CHECK(called("") == "an empty file");
}

TEST_CASE("no number in the refusal of a safetensors file is longer than a person reads",
          "[safetensors]") {
  CHECK(refusal(Bytes{0, 0, 0, 1, 0, 0, 0, 0, '{', '}'}) ==
        "model: the file is truncated: of its header's 16 MiB there are 2 bytes.");
  CHECK_THROWS_WITH(write_safetensors({{{"w", {{1}, {3e38f}}}}, {}}, TensorType::kF16),
                    "Tensor \"w\" holds 3e+38, a finite number that fits F16 was expected.");
}

TEST_CASE("a value that is not finite is refused", "[safetensors]") {
  for (const auto& [type, size] : {std::pair{"F32", 4}, {"F16", 2}}) {
    const std::string header = R"({"w":{"dtype":")"s + type +
                               R"(","shape":[1],"data_offsets":[0,)" + std::to_string(size) + "]}}";
    Bytes bytes = file_of(header, static_cast<std::size_t>(size));
    CHECK(refusal(bytes) == "accepted");
    bytes[bytes.size() - 1] = 0x7f;
    bytes[bytes.size() - 2] = 0xff;
    CHECK(refusal(bytes) == "model: tensor \"w\" holds a value that is not finite.");
  }
}

TEST_CASE("a safetensors file cut anywhere is refused, and a long name is not repeated whole",
          "[safetensors]") {
  const Bytes whole = write_safetensors(sample(), TensorType::kF16);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO("cut to " << size << " bytes");
    CHECK(refusal(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))) !=
          "accepted");
  }
  std::string name;
  for (int i = 0; i < 1000; ++i) name += "ä";
  CHECK(refusal("{\"" + name + "\":5}", 0).size() < 200);
}
