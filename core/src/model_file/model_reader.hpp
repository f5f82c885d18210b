#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ff/error.hpp"
#include "ff/network.hpp"
#include "ff/safetensors.hpp"
#include "files/amounts.hpp"

namespace ff {

// What is added to a parameter's name for its moments.
inline constexpr const char* kFirst = ".momentum";
inline constexpr const char* kSecond = ".variance";

// Takes tensors out of a file one by one, each checked against the shape it must have; one that was
// taken is gone, so that a large net is not in memory twice.
class ModelReader {
 public:
  ModelReader(TensorFile file, std::string_view name) : file_(std::move(file)), name_(name) {}

  bool has_text(const std::string& key) const { return file_.metadata.contains(key); }

  const std::string& text(const std::string& key) const {
    const auto found = file_.metadata.find(key);
    if (found == file_.metadata.end()) fail("its metadata has no \"" + key + "\"");
    return found->second;
  }

  bool has(const std::string& tensor) const { return file_.tensors.contains(tensor); }

  std::size_t rows(const std::string& tensor) const {
    const auto& shape = find(tensor).shape;
    return shape.empty() ? 0 : shape.front();
  }

  Matrix take(const std::string& tensor, std::size_t rows, std::size_t columns) {
    const std::vector<std::size_t> expected = {rows, columns};
    if (find(tensor).shape != expected)
      fail("tensor " + tensor + " should be " + sides_text(expected) +
           " by the config in the file, it is " + sides_text(find(tensor).shape));
    const auto taken = file_.tensors.extract(tensor);
    return Eigen::Map<const Matrix>(taken.mapped().values.data(), static_cast<Eigen::Index>(rows),
                                    static_cast<Eigen::Index>(columns));
  }

  // With the moments that the file has of it, as a checkpoint does.
  Parameter parameter(const std::string& name, const ReceptiveFields& fields,
                      Eigen::Index columns) {
    Parameter parameter(weights(name, fields, columns));
    if (has(name + kFirst)) parameter.first = weights(name + kFirst, fields, columns);
    if (has(name + kSecond)) parameter.second = weights(name + kSecond, fields, columns);
    return parameter;
  }

  [[noreturn]] void fail(const std::string& cause) const {
    throw Error(std::string(name_) + ": " + cause + ".");
  }

 private:
  // Files of before there were fields have a row for every input, 0 where a unit does not see it.
  PanelMatrix weights(const std::string& name, const ReceptiveFields& fields,
                      Eigen::Index columns) {
    const bool all = !fields.shared() && rows(name) == static_cast<std::size_t>(fields.columns);
    const Matrix values = take(name, static_cast<std::size_t>(all ? fields.columns : fields.size()),
                               static_cast<std::size_t>(columns));
    return PanelMatrix(all ? gathered(fields, values) : values, fields.sets());
  }

  using Sides = std::vector<std::size_t>;

  static std::string sides_text(const Sides& sides) {
    std::string text;
    for (const std::size_t side : sides) text += (text.empty() ? "" : " x ") + amount(side);
    return "[" + text + "]";
  }

  const Tensor& find(const std::string& tensor) const {
    const auto found = file_.tensors.find(tensor);
    if (found == file_.tensors.end()) fail("there is no tensor " + tensor);
    return found->second;
  }

  TensorFile file_;
  std::string_view name_;
};

}  // namespace ff
