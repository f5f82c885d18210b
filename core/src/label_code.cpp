#include "ff/label_code.hpp"

#include <algorithm>
#include <string>

#include "ff/config.hpp"
#include "ff/error.hpp"
#include "ff/table.hpp"

namespace ff {

// Each is defined in a file of its own in label_codes/; the first is the paper's.
#define FF_LABEL_CODES kFirstPixels, kOneHot, kChannel, kWave
extern const LabelCode FF_LABEL_CODES;

std::span<const LabelCode* const> label_codes() {
  static constexpr auto kTable = table_of(FF_LABEL_CODES);
  return kTable;
}

const LabelCode& label_code(std::string_view name) {
  return entry_of(label_codes(), "label_code", name);
}

RowFormat row_format(const Config& config, const Shape& shape, std::size_t classes) {
  const LabelCode& code = label_code(config.label_code);
  const auto labels = static_cast<Eigen::Index>(classes);
  RowFormat format{.centred = config.inputs == InputsKind::kCentred,
                   .pixels = shape.size(),
                   .cleared = code.clears && !reads_classes(config) ? labels : 0,
                   .strength = label_strength(config),
                   .codes = {},
                   .code_squares = {}};
  if (labels > code.room(shape))
    throw Error("label_code: " + config.label_code + " has room for " +
                std::to_string(code.room(shape)) + " classes in images of " + in_words(shape) +
                " pixels, there are " + std::to_string(classes) + "; expected one_hot.");
  constexpr Eigen::Index kMostNumbers = 1 << 26;  // a quarter of a gibibyte
  if ((labels + 1) * format.pixels > kMostNumbers)
    throw Error("label_code: the codes of " + std::to_string(classes) + " classes for images of " +
                in_words(shape) + " pixels need over 256 MiB; expected smaller images.");
  const bool labelled = reads_goodness(config);
  const Eigen::Index columns = format.pixels + (labelled ? code.added(shape, labels) : 0);
  format.codes.setZero(labelled ? labels + 1 : 0, columns);
  if (!labelled) return format;
  code.write(shape, format.codes.topRows(labels));
  format.codes.row(labels) = format.codes.topRows(labels).colwise().mean();
  format.code_squares = format.codes.rowwise().squaredNorm();
  format.overlaps =
      !format.codes.middleCols(format.cleared, format.pixels - format.cleared).isZero(0.0F);
  return format;
}

}  // namespace ff
