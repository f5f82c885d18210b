#include "ff/safetensors.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "amounts.hpp"
#include "ff/error.hpp"
#include "file_kind.hpp"

namespace ff {
namespace {

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian");

using Json = nlohmann::ordered_json;

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kAlignment = 8;
constexpr std::uint64_t kLongestHeader = std::uint64_t{16} << 20;
/// { "tensor": { "shape": [ : nothing in a header lies deeper.
constexpr int kDeepestNesting = 3;
/// Far more than a net has; the header is kept in the file's order, where finding a key takes as
/// long as there are keys.
constexpr std::size_t kMostKeys = 4096;
constexpr const char* kMetadata = "__metadata__";

std::size_t bytes_per_value(TensorType type) { return type == TensorType::kF16 ? 2 : 4; }
const char* type_name(TensorType type) { return type == TensorType::kF16 ? "F16" : "F32"; }

/// A name for an error message; a file may hold one of megabytes.
std::string in_quotes(std::string_view name) {
  constexpr std::size_t kLongest = 60;
  if (name.size() <= kLongest) return '"' + std::string(name) + '"';
  std::size_t end = kLongest;
  while ((name[end] & 0xc0) == 0x80) --end;  // not inside a UTF-8 character
  return '"' + std::string(name.substr(0, end)) + "…\"";
}

/// How many values a shape holds, or nothing when there are more than `limit`.
std::optional<std::size_t> value_count(const std::vector<std::size_t>& shape, std::size_t limit) {
  if (std::ranges::find(shape, std::size_t{0}) != shape.end()) return 0;
  std::size_t count = 1;
  for (const std::size_t extent : shape) {
    if (extent > limit / count) return std::nullopt;
    count *= extent;
  }
  return count;
}

void append(std::vector<std::uint8_t>& bytes, const void* data, std::size_t size) {
  const std::size_t before = bytes.size();
  bytes.resize(before + size);
  std::memcpy(bytes.data() + before, data, size);
}

void append_values(std::vector<std::uint8_t>& bytes, const std::string& name,
                   const std::vector<float>& values, TensorType type) {
  for (const float value : values) {
    const Eigen::half half(value);  // to the nearest, ties to even
    const bool fits =
        type == TensorType::kF16 ? (Eigen::numext::isfinite)(half) : std::isfinite(value);
    if (!fits) {
      std::array<char, 24> text{};
      std::snprintf(text.data(), text.size(), "%.7g", static_cast<double>(value));
      throw Error("Tensor " + in_quotes(name) + " holds " + text.data() +
                  ", a finite number that fits " + type_name(type) + " was expected.");
    }
    if (type == TensorType::kF16) {
      append(bytes, &half.x, sizeof half.x);
    } else {
      append(bytes, &value, sizeof value);
    }
  }
}

std::string header_text(const TensorFile& file, TensorType type) {
  Json header = Json::object();
  if (!file.metadata.empty()) header[kMetadata] = file.metadata;
  std::size_t begin = 0;
  for (const auto& [name, tensor] : file.tensors) {
    const std::size_t limit = std::numeric_limits<std::size_t>::max();
    if (name == kMetadata || value_count(tensor.shape, limit) != tensor.values.size()) {
      throw Error("Tensor " + in_quotes(name) + " has " + amount(tensor.values.size()) +
                  " values, as many as its shape says and a name other than __metadata__ were "
                  "expected.");
    }
    const std::size_t end = begin + tensor.values.size() * bytes_per_value(type);
    header[name] = {
        {"dtype", type_name(type)}, {"shape", tensor.shape}, {"data_offsets", {begin, end}}};
    begin = end;
  }
  std::string text;
  try {
    text = header.dump();
  } catch (const Json::type_error&) {
    throw Error("Metadata and tensor names must be UTF-8 text.");
  }
  text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
  return text;
}

/// Reads one file; every check names it.
class Reader {
 public:
  Reader(std::span<const std::uint8_t> bytes, std::string_view name) : name_(name) {
    const std::uint64_t length = header_length(bytes);
    parse_header(bytes.subspan(kLengthBytes, static_cast<std::size_t>(length)));
    data_ = bytes.subspan(kLengthBytes + static_cast<std::size_t>(length));
  }

  TensorFile read() {
    TensorFile file;
    std::vector<Range> ranges;
    for (const auto& [key, entry] : header_.items()) {
      if (key == kMetadata) {
        file.metadata = metadata(entry);
      } else {
        ranges.push_back(range(key, entry));
        file.tensors.emplace(key, tensor(key, entry, ranges.back()));
      }
    }
    check_coverage(ranges);
    return file;
  }

 private:
  struct Range {
    std::size_t begin, end;
    std::string tensor;
  };

  [[noreturn]] void fail(const std::string& cause) const { fail_file(name_, cause); }
  [[noreturn]] void fail(const std::string& tensor, const std::string& cause) const {
    fail("tensor " + in_quotes(tensor) + " " + cause);
  }

  /// Says what a file is that is no safetensors file, if that shows.
  void fail_if_known(std::span<const std::uint8_t> bytes) const {
    const std::string kind(kind_of_file(bytes));
    if (!kind.empty()) fail("this is " + kind + ", a safetensors file was expected.");
  }

  std::uint64_t header_length(std::span<const std::uint8_t> bytes) const {
    std::uint64_t length = std::numeric_limits<std::uint64_t>::max();
    if (bytes.size() >= kLengthBytes) std::memcpy(&length, bytes.data(), sizeof length);
    const auto rest = bytes.subspan(std::min(bytes.size(), kLengthBytes));
    if (rest.empty() || rest.front() != '{') fail_if_known(bytes);
    if (length > kLongestHeader)
      fail("this is no safetensors file: it does not begin with the length of a header.");
    if (length > rest.size()) {
      fail("the file is truncated: of its header's " + bytes_amount(length) + " there are " +
           bytes_amount(rest.size()) + ".");
    }
    return length;
  }

  void parse_header(std::span<const std::uint8_t> text) {
    std::set<std::string> tensors;
    std::set<std::string> inner;
    const auto watch = [&](int depth, Json::parse_event_t event, const Json& value) {
      if (depth > kDeepestNesting) fail("the header is no safetensors header: nested too deeply.");
      if (event == Json::parse_event_t::object_start) inner.clear();
      if (event == Json::parse_event_t::key) {
        std::set<std::string>& keys = depth == 1 ? tensors : inner;
        const auto& key = value.get_ref<const std::string&>();
        if (!keys.insert(key).second) fail("the header has the key " + in_quotes(key) + " twice.");
        if (keys.size() > kMostKeys)
          fail("the header has more than " + std::to_string(kMostKeys) + " keys, too many.");
      }
      return true;
    };
    try {
      header_ = Json::parse(text.begin(), text.end(), watch);
    } catch (const Json::exception&) {
      fail("the header is not JSON, so this is no safetensors file or a damaged one.");
    }
    if (!header_.is_object()) fail("the header is not a JSON object.");
  }

  std::map<std::string, std::string> metadata(const Json& entry) const {
    if (!entry.is_object()) fail("the metadata is not a JSON object.");
    std::map<std::string, std::string> texts;
    for (const auto& [key, value] : entry.items()) {
      if (!value.is_string()) fail("the metadata " + in_quotes(key) + " is not text.");
      texts[key] = value.get<std::string>();
    }
    return texts;
  }

  /// A list of whole numbers, 0 or above, that `entry` holds under `key`. Those beyond std::size_t
  /// become its largest, which nothing in memory matches.
  std::vector<std::size_t> sizes(const std::string& tensor, const Json& entry,
                                 const char* key) const {
    const auto found = entry.is_object() ? entry.find(key) : entry.end();
    const auto is_whole = [](const Json& number) { return number.is_number_unsigned(); };
    if (found == entry.end() || !found->is_array() || !std::ranges::all_of(*found, is_whole)) {
      fail(tensor, "has no " + in_quotes(key) + " that is a list of whole numbers.");
    }
    std::vector<std::size_t> numbers;
    for (const Json& number : *found) {
      constexpr std::uint64_t kLargest = std::numeric_limits<std::size_t>::max();
      numbers.push_back(static_cast<std::size_t>(std::min(number.get<std::uint64_t>(), kLargest)));
    }
    return numbers;
  }

  Range range(const std::string& tensor, const Json& entry) const {
    const std::vector<std::size_t> offsets = sizes(tensor, entry, "data_offsets");
    if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > data_.size()) {
      fail(tensor, "has offsets outside the file's " + bytes_amount(data_.size()) + " of data.");
    }
    return {offsets[0], offsets[1], tensor};
  }

  TensorType type(const std::string& tensor, const Json& entry) const {
    const auto found = entry.find("dtype");
    if (found != entry.end() && *found == "F32") return TensorType::kF32;
    if (found != entry.end() && *found == "F16") return TensorType::kF16;
    fail(tensor, "has neither type F32 nor F16.");
  }

  Tensor tensor(const std::string& key, const Json& entry, const Range& range) const {
    const TensorType values_type = type(key, entry);
    const auto bytes = data_.subspan(range.begin, range.end - range.begin);
    Tensor result{sizes(key, entry, "shape"), {}};
    const std::size_t size = bytes_per_value(values_type);
    const auto count = value_count(result.shape, bytes.size() / size);
    if (!count || *count * size != bytes.size()) {
      fail(key, "has a shape that does not match its " + bytes_amount(bytes.size()) + ".");
    }
    result.values.resize(*count);
    if (values_type == TensorType::kF16) {
      for (std::size_t i = 0; i < *count; ++i) {
        std::uint16_t bits = 0;
        std::memcpy(&bits, bytes.data() + 2 * i, sizeof bits);
        result.values[i] =
            Eigen::half_impl::half_to_float(Eigen::half_impl::raw_uint16_to_half(bits));
      }
    } else if (*count > 0) {
      std::memcpy(result.values.data(), bytes.data(), bytes.size());
    }
    if (!std::ranges::all_of(result.values, [](float value) { return std::isfinite(value); })) {
      fail(key, "holds a value that is not finite.");
    }
    return result;
  }

  /// The tensors must cover the data from end to end, each byte once.
  void check_coverage(std::vector<Range>& ranges) const {
    std::ranges::sort(ranges, [](const Range& a, const Range& b) {
      return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::size_t covered = 0;
    for (const Range& range : ranges) {
      if (range.begin < covered) fail(range.tensor, "overlaps another tensor.");
      if (range.begin > covered) fail(range.tensor, "leaves a gap before it.");
      covered = range.end;
    }
    if (covered != data_.size()) {
      fail("the tensors take " + bytes_amount(covered) + ", the file has " +
           bytes_amount(data_.size()) + " of data.");
    }
  }

  std::string name_;
  Json header_;
  std::span<const std::uint8_t> data_;
};

}  // namespace

std::vector<std::uint8_t> write_safetensors(const TensorFile& file, TensorType type) {
  const std::string header = header_text(file, type);
  const std::uint64_t length = header.size();
  std::size_t values = 0;
  for (const auto& [name, tensor] : file.tensors) values += tensor.values.size();
  std::vector<std::uint8_t> bytes;
  bytes.reserve(sizeof length + header.size() + values * bytes_per_value(type));
  append(bytes, &length, sizeof length);
  append(bytes, header.data(), header.size());
  for (const auto& [name, tensor] : file.tensors) append_values(bytes, name, tensor.values, type);
  return bytes;
}

TensorFile read_safetensors(std::span<const std::uint8_t> bytes, std::string_view name) {
  return Reader(bytes, name).read();
}

}  // namespace ff
