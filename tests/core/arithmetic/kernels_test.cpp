#include "kernels.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string_view>
#include <vector>

#include "ff/optimiser.hpp"
#include "ff/panel_matrix.hpp"
#include "ff/random.hpp"

namespace ff {
namespace {

using kernels::Index;
using kernels::PackedRows;
using kernels::Set;

constexpr float kKernelRounding = 1e-4F;

Matrix random_matrix(Index rows, Index columns, std::uint64_t index, double zeros = 0.0) {
  Random random(11, RandomUse::kWeights, index);
  Matrix matrix(rows, columns);
  for (float& value : matrix.reshaped<Eigen::RowMajor>())
    value = random.real() < zeros ? 0.0F : static_cast<float>(random.normal());
  return matrix;
}

float difference(const Matrix& a, const Matrix& b) {
  return (a - b).cwiseAbs().maxCoeff() / std::max(1.0F, b.cwiseAbs().maxCoeff());
}

// The left side of a product with the memory it lies in.
struct Left {
  Left(const Set& kernel, const Matrix& matrix, bool transposed, bool skip_zeros,
       const float* scale = nullptr) {
    const Index rows = transposed ? matrix.cols() : matrix.rows();
    const Index depth = transposed ? matrix.rows() : matrix.cols();
    const Index tiles = (rows + kernel.rows - 1) / kernel.rows;
    values.resize(static_cast<std::size_t>(tiles * kernel.rows * depth));
    index.resize(static_cast<std::size_t>(tiles * depth));
    kept.resize(static_cast<std::size_t>(tiles));
    (transposed ? kernel.pack_transposed : kernel.pack_rows)(
        {.matrix = matrix.data(),
         .stride = matrix.cols(),
         .columns = nullptr,
         .rows = rows,
         .depth = depth,
         .scale = scale},
        0, tiles,
        {.values = values.data(),
         .index = skip_zeros ? index.data() : nullptr,
         .kept = skip_zeros ? kept.data() : nullptr});
    packed = {.values = values.data(),
              .index = skip_zeros ? index.data() : nullptr,
              .kept = skip_zeros ? kept.data() : nullptr,
              .rows = rows,
              .depth = depth};
  }

  std::vector<float> values;
  std::vector<std::uint32_t> index, kept;
  PackedRows packed{};
};

// The right side, or parameters, in the panels of any kernel; a PanelMatrix has the chosen one's.
struct PackedPanels {
  PackedPanels(const Set& kernel, const Matrix& matrix)
      : width(kernel.columns), rows(matrix.rows()), columns(matrix.cols()) {
    values.resize(static_cast<std::size_t>(count() * width * rows));
    kernel.pack_panels(matrix.data(), columns, rows, columns, values.data());
  }

  Index count() const { return (columns + width - 1) / width; }
  kernels::Panels right() const { return {.values = values.data(), .rows = rows}; }

  Matrix matrix() const {
    Matrix result(rows, columns);
    for (Index row = 0; row < rows; ++row)
      for (Index column = 0; column < columns; ++column)
        result(row, column) = values[static_cast<std::size_t>(
            (column / width * rows + row) * width + column % width)];
    return result;
  }

  Index width, rows, columns;
  std::vector<float> values;
};

kernels::Region whole(const Set& kernel, const Left& left, const PackedPanels& panels) {
  return {.first_panel = 0,
          .last_panel = panels.count(),
          .first_tile = 0,
          .last_tile = (left.packed.rows + kernel.rows - 1) / kernel.rows};
}

void check_forward(const Set& kernel, const Matrix& left, const Matrix& right, bool skip_zeros) {
  const PackedPanels panels(kernel, right);
  const Left packed(kernel, left, false, skip_zeros);
  Matrix product(left.rows(), right.cols());
  kernel.forward(packed.packed, panels.right(), whole(kernel, packed, panels),
                 {.values = product.data(),
                  .stride = right.cols(),
                  .columns = right.cols(),
                  .scale = nullptr,
                  .bias = nullptr,
                  .rectify = false,
                  .square_sums = nullptr});
  CHECK(difference(product, left * right) < kKernelRounding);
}

void check_finish(const Set& kernel, const Matrix& left, const Matrix& right) {
  const PackedPanels panels(kernel, right);
  const Left packed(kernel, left, false, false);
  const Matrix bias = random_matrix(1, right.cols(), 5);
  const PackedPanels bias_panels(kernel, bias);
  const Vector scale = random_matrix(left.rows(), 1, 6).cwiseAbs();
  Matrix product(left.rows(), right.cols());
  Matrix squares(panels.count(), left.rows());
  kernel.forward(packed.packed, panels.right(), whole(kernel, packed, panels),
                 {.values = product.data(),
                  .stride = right.cols(),
                  .columns = right.cols(),
                  .scale = scale.data(),
                  .bias = bias_panels.values.data(),
                  .rectify = true,
                  .square_sums = squares.data()});
  const Matrix sums = scale.asDiagonal() * (left * right);
  const Matrix expected = (sums.rowwise() + bias.row(0)).cwiseMax(0.0F);
  CHECK(difference(product, expected) < kKernelRounding);
  CHECK(difference(squares.colwise().sum(), expected.rowwise().squaredNorm().transpose()) <
        kKernelRounding);
}

void check_update(const Set& kernel, const Matrix& left, const Matrix& right, bool adaptive,
                  bool skip_zeros) {
  const OptimiserStep step{.adaptive = adaptive,
                           .rate = 0.1F,
                           .momentum = 0.8F,
                           .beta2 = 0.9F,
                           .decay = 0.2F,
                           .first_correction = 5.0F,
                           .second_correction = 10.0F};
  const Index inputs = left.cols();
  const Index units = right.cols();
  Parameter weights(random_matrix(inputs, units, 8));
  weights.first = PanelMatrix(random_matrix(inputs, units, 9));
  weights.second = PanelMatrix(random_matrix(inputs, units, 10).cwiseAbs());
  PackedPanels panel_weights(kernel, weights.matrix());
  PackedPanels first(kernel, weights.first.matrix());
  PackedPanels second(kernel, weights.second.matrix());

  const Vector scale = random_matrix(left.rows(), 1, 12);
  const Left packed(kernel, left, true, skip_zeros, scale.data());
  const PackedPanels right_panels(kernel, right);
  kernel.update(packed.packed, right_panels.right(), whole(kernel, packed, right_panels), step,
                {.weights = panel_weights.values.data(),
                 .rows = inputs,
                 .columns = units,
                 .first = first.values.data(),
                 .second = second.values.data()});
  const Matrix gradient = left.transpose() * scale.asDiagonal() * right;
  update(step, 1.0F, PanelMatrix(gradient), weights);
  CHECK(difference(first.matrix(), weights.first.matrix()) < kKernelRounding);
  CHECK(difference(panel_weights.matrix(), weights.matrix()) < kKernelRounding);
  if (adaptive) CHECK(difference(second.matrix(), weights.second.matrix()) < kKernelRounding);
}

// Rows, depth, columns: every size to 40 in one place, the others wandering, and large odd ones.
template <class Check>
void at_awkward_sizes(Check check) {
  for (Index size = 1; size <= 40; ++size) {
    check(size, (size * 7) % 41 + 1, (size * 11) % 43 + 1);
    check((size * 13) % 37 + 1, size, (size * 5) % 41 + 1);
    check((size * 3) % 41 + 1, (size * 17) % 39 + 1, size);
  }
  check(101, 787, 503);
  check(199, 131, 97);
}

// The kernels of every instruction set that this machine can run.
template <class Check>
void on_each_kernel(Check check) {
  for (const Set& kernel : kernels::runnable())
    at_awkward_sizes([&](Index rows, Index depth, Index columns) {
      CAPTURE(kernel.name, rows, depth, columns);
      check(kernel, rows, depth, columns);
    });
}

}  // namespace

TEST_CASE("a panel matrix holds what it was given, padded with zeros") {
  for (Index columns = 1; columns <= 70; columns += 3) {
    const Matrix matrix = random_matrix(5, columns, 1);
    const PanelMatrix panels(matrix);
    CHECK(panels.matrix() == matrix);
    CHECK(panels.top_rows(2) == matrix.topRows(2));
    CHECK(panels(4, columns - 1) == matrix(4, columns - 1));
    const Index width = kernels::chosen().columns;
    for (Index column = columns; column < panels.panels() * width; ++column)
      CHECK(panels.panel(panels.panels() - 1)[column % width] == 0.0F);
  }
}

TEST_CASE("the forward product is Eigen's, with and without zeros left out") {
  on_each_kernel([](const Set& kernel, Index rows, Index depth, Index columns) {
    const Matrix right = random_matrix(depth, columns, 2);
    check_forward(kernel, random_matrix(rows, depth, 1), right, false);
    check_forward(kernel, random_matrix(rows, depth, 1, 0.9), right, true);
  });
}

TEST_CASE("scale, bias, ReLU and sums of squares on the way out are Eigen's") {
  on_each_kernel([](const Set& kernel, Index rows, Index depth, Index columns) {
    check_finish(kernel, random_matrix(rows, depth, 1), random_matrix(depth, columns, 2));
  });
}

TEST_CASE("an update on the way out of the gradient is the gradient, then the update") {
  on_each_kernel([](const Set& kernel, Index rows, Index depth, Index columns) {
    const Matrix left = random_matrix(rows, depth, 3);
    const Matrix right = random_matrix(rows, columns, 4);
    check_update(kernel, left, right, true, false);
    check_update(kernel, left, right, false, false);
    check_update(kernel, random_matrix(rows, depth, 3, 0.9), right, true, true);
  });
}

TEST_CASE("a gradient in memory is what was there, and the gradient") {
  on_each_kernel([](const Set& kernel, Index rows, Index depth, Index columns) {
    const Matrix left = random_matrix(rows, depth, 3);
    const Matrix right = random_matrix(rows, columns, 4);
    const Matrix before = random_matrix(depth, columns, 5);
    const Left packed(kernel, left, true, false);
    const PackedPanels panels(kernel, right);
    PackedPanels sums(kernel, before);
    kernel.add(packed.packed, panels.right(), whole(kernel, packed, panels),
               {.values = sums.values.data(), .rows = depth});
    CHECK(difference(sums.matrix(), before + left.transpose() * right) < kKernelRounding);
  });
}

TEST_CASE("tiles may be packed and multiplied a few at a time") {
  on_each_kernel([](const Set& kernel, Index rows, Index depth, Index columns) {
    const Matrix left = random_matrix(rows, depth, 1);
    const Matrix right = random_matrix(depth, columns, 2);
    const PackedPanels panels(kernel, right);
    Matrix product(rows, columns);
    std::vector<float> values(static_cast<std::size_t>(kernel.rows * depth));
    for (Index tile = 0; tile * kernel.rows < rows; ++tile) {
      kernel.pack_rows(
          {.matrix = left.data(),
           .stride = depth,
           .columns = nullptr,
           .rows = rows,
           .depth = depth,
           .scale = nullptr},
          tile, tile + 1,
          {.values = values.data(), .index = nullptr, .kept = nullptr, .first_tile = tile});
      kernel.forward({.values = values.data(),
                      .index = nullptr,
                      .kept = nullptr,
                      .rows = rows,
                      .depth = depth,
                      .first_tile = tile},
                     panels.right(),
                     {.first_panel = 0,
                      .last_panel = panels.count(),
                      .first_tile = tile,
                      .last_tile = tile + 1},
                     {.values = product.data(),
                      .stride = columns,
                      .columns = columns,
                      .scale = nullptr,
                      .bias = nullptr,
                      .rectify = false,
                      .square_sums = nullptr});
    }
    CHECK(difference(product, left * right) < kKernelRounding);
  });
}

TEST_CASE("the chosen kernels are among those that run here") {
  CHECK(std::ranges::any_of(kernels::runnable(), [](const Set& set) {
    return std::string_view(set.name) == kernels::chosen().name;
  }));
}

}  // namespace ff
