#include "reference.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "arithmetic/slow_to_compile.hpp"

namespace ff::test {

Real DenseReference::inputs(const Batch& batch, std::span<const int> labels) const {
  const Eigen::Index images = batch.pictures().rows();
  Real rows(static_cast<Eigen::Index>(labels.size()), batch.pictures().cols());
  const Real codes = batch.rows.bottomRows(batch.code_squares.size()).cast<double>();
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    rows.row(row) = batch.pictures().row(row % images).cast<double>();
    const int label = labels[static_cast<std::size_t>(row)];
    if (label != kNeutral)
      rows.row(row) += strength * codes.row(label);
    else if (codes.rows() > 0)
      rows.row(row) += strength * codes.topRows(codes.rows() - 1).colwise().mean();
  }
  return directions(rows);
}

Real DenseReference::directions(Real rows) {
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    const double square = rows.row(row).squaredNorm() / static_cast<double>(rows.cols());
    if (square > 0.0) rows.row(row) /= std::sqrt(square);
  }
  return rows;
}

double DenseReference::activate(double sum, const std::string& kind) {
  if (kind == "relu") return std::max(sum, 0.0);
  if (kind == "leaky_relu") return sum < 0.0 ? 0.1 * sum : sum;
  // The density of a t distribution with 3 degrees of freedom, as a share of its peak.
  return -std::log(std::pow(1.0 + sum * sum / 3.0, -2.0));
}

Real DenseReference::sums(const Layer& layer, const Real& inputs) {
  const Eigen::Index sharing = layer.units() / layer.bias.cols();
  Real sums = layer.bias.flat().cast<double>().replicate(inputs.rows(), sharing);
  if (layer.fields.inputs.empty())
    return sums + product(inputs, layer.weights.matrix().cast<double>());
  const std::size_t fields = layer.fields.inputs.size();
  for (Eigen::Index unit = 0; unit < sums.cols(); ++unit) {
    std::size_t field = 0;  // that whose share of the units this one falls into
    while (static_cast<std::size_t>(sums.cols()) * (field + 1) / fields <=
           static_cast<std::size_t>(unit))
      ++field;
    const Eigen::Index column = unit % layer.weights.cols();
    Eigen::Index place = 0;
    for (const std::uint32_t input : layer.fields.inputs[field]) {
      if (input != ReceptiveFields::kOutside)
        sums.col(unit) += static_cast<double>(layer.weights(place, column)) * inputs.col(input);
      ++place;
    }
  }
  return sums;
}

Real DenseReference::activity(const Layer& layer, const Real& inputs, const std::string& kind) {
  return sums(layer, inputs).unaryExpr([kind](double sum) { return activate(sum, kind); });
}

Real DenseReference::black_box(const Real& activity) {
  Real seen(activity.rows(), activity.cols());
  for (Eigen::Index row = 0; row < seen.rows(); ++row)
    for (Eigen::Index unit = 0; unit < seen.cols(); ++unit) {
      const Eigen::Index next = unit + 1 == seen.cols() ? 0 : unit + 1;
      seen(row, unit) = activity(row, unit) > activity(row, next) ? 1.0 : 0.0;
    }
  return seen;
}

namespace {

Real pooled_places(const Layer& layer, const Real& activity) {
  const Shape& from = layer.shape;
  const Shape& to = layer.passed;
  Real pooled(activity.rows(), to.size());
  for (Eigen::Index row = 0; row < pooled.rows(); ++row)
    for (int y = 0; y < to.height; ++y)
      for (int x = 0; x < to.width; ++x)
        for (int channel = 0; channel < to.channels; ++channel) {
          Eigen::ArrayXXd square(layer.pool, layer.pool);
          for (int down = 0; down < layer.pool; ++down)
            for (int right = 0; right < layer.pool; ++right)
              square(down, right) =
                  activity(row, ((y * layer.pool + down) * from.width + x * layer.pool + right) *
                                        from.channels +
                                    channel);
          pooled(row, (y * to.width + x) * to.channels + channel) =
              layer.pooling->name == "max" ? square.maxCoeff() : square.mean();
        }
  return pooled;
}

// Of all numbers whose key is the same, one of so many, mean 0 and variance 1.
Real standardised(const Real& numbers, Eigen::Index keys,
                  const std::function<Eigen::Index(Eigen::Index, Eigen::Index)>& key) {
  Eigen::VectorXd counts = Eigen::VectorXd::Zero(keys);
  Eigen::VectorXd means = counts;
  Eigen::VectorXd variances = counts;
  Real off = numbers;
  const auto each = [&](const auto& use) {
    for (Eigen::Index row = 0; row < numbers.rows(); ++row)
      for (Eigen::Index column = 0; column < numbers.cols(); ++column)
        use(off(row, column), key(row, column));
  };
  each([&](double number, Eigen::Index part) {
    counts[part] += 1.0;
    means[part] += number;
  });
  each([&](double& number, Eigen::Index part) {
    number -= means[part] / counts[part];
    variances[part] += number * number / counts[part];
  });
  each([&](double& number, Eigen::Index part) { number /= std::sqrt(variances[part] + 1e-5); });
  return off;
}

// Which class's share of the channels one is of.
Eigen::Index class_of(const Layer& layer, Eigen::Index column) {
  const Eigen::Index channels = layer.passed.channels;
  return ((column % channels + 1) * layer.classes - 1) / channels;
}

}  // namespace

Real DenseReference::passed_on(const Layer& layer, const Real& activity) {
  const Real numbers = layer.pooling == nullptr ? activity : pooled_places(layer, activity);
  if (layer.normalisation->name == "length") return directions(numbers);
  const Eigen::Index channels = layer.passed.channels;
  if (layer.normalisation->of_batch) {
    Real all = standardised(numbers, channels,
                            [&](Eigen::Index, Eigen::Index column) { return column % channels; });
    if (layer.normalisation->name == "batch") return all;
    const auto by_number = [&](const Parameter& row) -> Real {
      return row.flat().cast<double>().replicate(all.rows(), all.cols() / channels);
    };
    return all.cwiseProduct(by_number(layer.gain)) + by_number(layer.shift);
  }
  return standardised(numbers, numbers.rows() * layer.classes,
                      [&](Eigen::Index row, Eigen::Index column) {
                        return row * layer.classes + class_of(layer, column);
                      });
}

std::vector<Real> DenseReference::all_inputs(const Network& network, Real inputs) {
  std::vector<Real> all = {std::move(inputs)};
  for (std::size_t index = 1; index < network.layers.size(); ++index) {
    const Real units = activity(network.layers[index - 1], all.back(), network.config.activation);
    const bool boxed = static_cast<int>(index) == network.config.black_box;
    all.push_back(boxed ? directions(black_box(units))
                        : passed_on(network.layers[index - 1], units));
  }
  return all;
}

namespace {

// Of positives' goodness: higher than the threshold, or lower.
double sign_of(const Config& config) { return config.polarity == PolarityKind::kHigh ? 1.0 : -1.0; }

}  // namespace

Eigen::VectorXd DenseReference::goodness(const Real& activity, const Config& config) {
  const Eigen::VectorXd high = config.goodness == "sum"
                                   ? activity.rowwise().sum().eval()
                                   : activity.array().square().rowwise().sum().matrix().eval();
  const double sign = sign_of(config);
  const bool mean = config.goodness == "mean_of_squares";
  return sign * high / (mean ? static_cast<double>(activity.cols()) : 1.0);
}

namespace {

using PairLoss = double (*)(double positive, double negative, double sharpness, double threshold);

const std::map<std::string, PairLoss>& pair_losses() {
  static const std::map<std::string, PairLoss> formulas = {
      {"logistic",
       [](double positive, double negative, double sharpness, double threshold) {
         return std::log1p(std::exp(sharpness * (threshold - positive))) +
                std::log1p(std::exp(sharpness * (negative - threshold)));
       }},
      {"pairwise", [](double positive, double negative, double sharpness,
                      double) { return std::log1p(std::exp(sharpness * (negative - positive))); }},
      {"swish",
       [](double positive, double negative, double sharpness, double) {
         const double lag = sharpness * (negative - positive);
         return lag / (1.0 + std::exp(-lag));
       }},
      {"entropy",
       [](double positive, double negative, double sharpness, double) {
         return -std::log(1.0 / (1.0 + std::pow(negative / positive, sharpness)));
       }},
  };
  return formulas;
}

}  // namespace

bool DenseReference::knows(const std::string& objective) {
  return pair_losses().contains(objective);
}

double DenseReference::pair_loss(double positive, double negative, const Config& config,
                                 double threshold) {
  return pair_losses().at(config.objective)(positive, negative, config.sharpness, threshold);
}

double DenseReference::threshold(const Config& config, Eigen::Index units) {
  const bool mean = config.goodness == "mean_of_squares";
  const double sign = sign_of(config);
  return sign * config.threshold * (mean ? 1.0 : static_cast<double>(units));
}

double DenseReference::loss(const Eigen::VectorXd& goodness, const Config& config,
                            Eigen::Index units) {
  const Eigen::Index batch = goodness.size() / 2;
  double sum = 0.0;
  for (Eigen::Index pair = 0; pair < batch; ++pair)
    sum += pair_loss(goodness[pair], goodness[batch + pair], config, threshold(config, units));
  return sum / static_cast<double>(batch);
}

double DenseReference::layer_loss(const Layer& layer, const Real& inputs, const Config& config,
                                  const Eigen::VectorXd& others) {
  const Real units = activity(layer, inputs, config.activation);
  double sum = 0.0;
  for (Eigen::Index group = 0; group < layer.groups; ++group) {
    const Eigen::Index first = units.cols() * group / layer.groups;
    const Eigen::Index count = units.cols() * (group + 1) / layer.groups - first;
    Eigen::VectorXd own = goodness(units.middleCols(first, count), config);
    if (others.size() > 0) own += others;
    sum += loss(own, config, count);
  }
  return sum / static_cast<double>(layer.groups);
}

double WholeReference::cross_entropy(const Network& network, Real inputs,
                                     std::span<const int> labels) {
  Real logits = network.softmax.bias.flat().cast<double>().replicate(inputs.rows(), 1);
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    const Layer& layer = network.layers[index];
    inputs = DenseReference::passed_on(
        layer, DenseReference::activity(layer, inputs, network.config.activation));
    if (network.counted(index))
      logits += product(inputs, network.softmax.weights[index].matrix().cast<double>());
  }
  return cross_entropy(logits, labels);
}

double WholeReference::cross_entropy_of_part(const Network& network, std::size_t index,
                                             const Real& units, std::span<const int> labels) {
  const Real logits = network.softmax.bias.flat().cast<double>().replicate(units.rows(), 1) +
                      product(DenseReference::directions(units),
                              network.softmax.weights[index].matrix().cast<double>());
  return cross_entropy(logits, labels);
}

double WholeReference::cross_entropy(const Real& logits, std::span<const int> labels) {
  double sum = 0.0;
  for (Eigen::Index row = 0; row < logits.rows(); ++row)
    sum += std::log(logits.row(row).array().exp().sum()) -
           logits(row, labels[static_cast<std::size_t>(row)]);
  return sum / static_cast<double>(logits.rows());
}

namespace {

// Mean of the squares of what is passed on, or of the activity itself, of each class's channels.
Real goodness_of_groups(const Layer& layer, const Real& activity, const Real& passed,
                        const std::string& kind) {
  const Real& numbers = kind == "squares" ? passed : activity;
  Real sums = Real::Zero(numbers.rows(), layer.classes);
  Eigen::VectorXd counts = Eigen::VectorXd::Zero(layer.classes);
  for (Eigen::Index column = 0; column < numbers.cols(); ++column) {
    const Eigen::Index label = class_of(layer, column);
    counts[label] += 1.0;
    for (Eigen::Index row = 0; row < numbers.rows(); ++row)
      sums(row, label) +=
          kind == "squares" ? numbers(row, column) * numbers(row, column) : numbers(row, column);
  }
  return sums * counts.cwiseInverse().asDiagonal();
}

}  // namespace

Real WholeReference::class_goodness(const Network& network, std::size_t last, Real inputs,
                                    std::span<const Real> dropout) {
  const Config& config = network.config;
  Real activity;
  for (std::size_t index = 0; index <= last; ++index) {
    activity = DenseReference::activity(network.layers[index], inputs, config.activation);
    if (!dropout.empty()) activity.array() *= dropout[index].array();
    inputs = DenseReference::passed_on(network.layers[index], activity);
  }
  return config.class_goodness == "projection"
             ? product(inputs, network.softmax.weights[last].matrix().cast<double>())
             : goodness_of_groups(network.layers[last], activity, inputs, config.class_goodness);
}

double WholeReference::class_loss(const Network& network, std::size_t last, Real inputs,
                                  std::span<const int> labels, std::span<const Real> dropout) {
  const Real goodness = class_goodness(network, last, std::move(inputs), dropout);
  return cross_entropy(network.config.sharpness * goodness, labels);
}

double WholeReference::goodness_loss(const Network& network, Real inputs) {
  Config config = network.config;
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(inputs.rows());
  Eigen::Index units = 0;
  int layers = 0;
  for (std::size_t index = 0; index < network.layers.size(); ++index) {
    const Real active = DenseReference::activity(network.layers[index], inputs, config.activation);
    inputs = DenseReference::directions(active);
    if (!network.counted(index)) continue;
    sum += DenseReference::goodness(active, config);
    units += active.cols();
    ++layers;
  }
  if (config.goodness == "mean_of_squares") config.threshold *= layers;
  return DenseReference::loss(sum, config, units);
}

double difference(const Matrix& actual, const Real& expected) {
  return (actual.cast<double>() - expected).cwiseAbs().maxCoeff() /
         std::max(expected.cwiseAbs().maxCoeff(), 1e-12);
}

}  // namespace ff::test
