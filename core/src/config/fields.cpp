#include "ff/fields.hpp"

#include "config/describe.hpp"
#include "ff/activation.hpp"
#include "ff/class_goodness.hpp"
#include "ff/goodness.hpp"
#include "ff/label_code.hpp"
#include "ff/negatives.hpp"
#include "ff/normalisation.hpp"
#include "ff/objective.hpp"
#include "ff/rule.hpp"

namespace ff {
namespace {

constexpr std::int64_t kMaxImages = 10'000'000;

const Choices kDatasets = {{"mnist", "MNIST"},
                           {"fashion-mnist", "Fashion-MNIST"},
                           {"cifar-10", "CIFAR-10"},
                           {"folder", "Your own images"}};

const std::vector<Named<InputsKind>> kInputs = {
    {InputsKind::kPlain, "plain", "As they are"},
    {InputsKind::kCentred, "centred", "Less their mean"}};
const std::vector<Named<PolarityKind>> kPolarities = {{PolarityKind::kHigh, "high", "High"},
                                                      {PolarityKind::kLow, "low", "Low"}};
const std::vector<Named<GroupsKind>> kGroups = {{GroupsKind::kLayer, "layer", "The whole layer"},
                                                {GroupsKind::kPlaces, "places", "Each place"}};
const std::vector<Named<LossesKind>> kLosses = {
    {LossesKind::kWhole, "whole", "Of the whole net"},
    {LossesKind::kLocal, "local", "Each layer its own"}};
const std::vector<Named<ScheduleKind>> kSchedules = {
    {ScheduleKind::kTogether, "together", "All layers together"},
    {ScheduleKind::kInTurn, "in_turn", "One layer after another"},
    {ScheduleKind::kApart, "apart", "Positive and negative phases apart"}};
const std::vector<Named<CollaborationKind>> kCollaborations = {
    {CollaborationKind::kNone, "none", "None"},
    {CollaborationKind::kEarlier, "earlier", "With earlier layers"},
    {CollaborationKind::kAll, "all", "With all other layers"}};
const std::vector<Named<DecayKind>> kDecays = {{DecayKind::kLine, "line", "In a line"},
                                               {DecayKind::kCosine, "cosine", "In half a wave"}};
const std::vector<Named<OptimiserKind>> kOptimisers = {
    {OptimiserKind::kAdam, "adam", "Adam"}, {OptimiserKind::kSgd, "sgd", "SGD with momentum"}};

// A layer that sees everything is told by its number of units alone.
Field layers() {
  return {.name = "layers",
          .domain =
              LayerList{.units = {1, kMostUnits}, .minimum_items = 1, .maximum_items = kMostLayers},
          .get = [](const Config& config) -> Json {
            Json list = Json::array();
            for (const LayerSpec& layer : config.layers)
              list.push_back(layer.is_plain() ? Json(layer.units) : Json(to_text(layer)));
            return list;
          },
          .set =
              [](Config& config, const Json& json) {
                config.layers.clear();
                std::size_t mistake = 0;
                for (const Json& item : json)
                  config.layers.push_back(item.is_string()
                                              ? *layer_from_text(item.get<std::string>(), mistake)
                                              : LayerSpec(item.get<int>()));
              }};
}

Field by_goodness_of_any(Field field) {
  return when(std::move(field), "rule", names_where(rules(), [](const Rule& rule) {
                return !rule.by_softmax || rule.by_classes;
              }));
}

Field by_goodness(Field field) {
  return when(std::move(field), "rule",
              names_where(rules(), [](const Rule& rule) { return !rule.by_softmax; }));
}

Field labelled(Field field) {
  return when(std::move(field), "negatives", names_where(all_negatives(), [](const Negatives& one) {
                return one.add_labels != nullptr;
              }));
}

constexpr std::string_view kData = "data";
constexpr std::string_view kNetwork = "network";
constexpr std::string_view kLearning = "learning rule";
constexpr std::string_view kObjective = "objective";
constexpr std::string_view kLabels = "labels and negatives";
constexpr std::string_view kOptimiser = "optimiser";
constexpr std::string_view kRun = "run";

std::vector<Field> data_and_network() {
  return {
      with(choice("dataset", &Config::dataset, kDatasets),
           {kData, "Data set", "",
            "The images to learn. Your own, on the command line, are PNG or JPEG files in a folder "
            "for each class: see --data."}),
      with(number("train_images", &Config::train_images, IntegerRange{0, kMaxImages}),
           {kData, "Training images", "images",
            "How many images to train on, from the first; 0 takes all."}),
      with(number("validation_images", &Config::validation_images, IntegerRange{0, kMaxImages}),
           {kData, "Validation images", "images",
            "Held out from the end of the training set to choose by. While there are any, they are "
            "judged in place of the test set."}),
      with(choice("inputs", &Config::inputs, kInputs),
           {kData, "Pixels", "",
            "As they are, from black 0 to white 1; or less the mean of the image's pixels, which "
            "photographs need."}),
      with(number("shift", &Config::shift, IntegerRange{0, 6}),
           {kData, "Shifts", "pixels",
            "Each time an image is seen it is moved by up to this many pixels each way."}),
      with(number("flips", &Config::flips, RealRange{0.0, 1.0}),
           {kData, "Flips", "of the times",
            "How often an image is seen mirrored. Right for photographs, wrong for digits."}),
      primary(
          with(layers(),
               {kNetwork, "Layers", "units",
                "How many units each hidden layer has, from the first to the last. Or how many "
                "at each place, and the field they see there, as in \"local 10x10x128 stride "
                "6\". With \"conv\" all places have the same weights. \"mean 2\" or \"max 2\" "
                "after that passes on one of each 2x2 places. \"until 3\" at the end: it learns in "
                "the first 3 epochs."})),
      with(choice("activation", &Config::activation, choices_of(activations())),
           {kNetwork, "Activation", "", "What a unit makes of its weighted sum."}),
      with(choice("normalisation", &Config::normalisation, choices_of(normalisations())),
           {kNetwork, "Normalisation", "",
            "What takes the size out of what a layer passes on. Brought to 1 is the length of a "
            "row, or each channel over a minibatch, or each class's channels. Scaled, each channel "
            "then has a size and a mean that it learns."}),
      with(number("black_box", &Config::black_box, IntegerRange{0, kMostLayers - 1}),
           {kNetwork, "Black box after layer", "",
            "After this layer stands a fixed map that no derivative passes; 0 leaves it out."}),
      with(
          number("first_counted_layer", &Config::first_counted_layer, IntegerRange{1, kMostLayers}),
          {kNetwork, "First layer counted", "",
           "The first layer whose goodness, and whose activity for the softmax, counts when a "
           "digit is read."}),
      with(number("last_counted_layer", &Config::last_counted_layer, IntegerRange{1, kMostLayers}),
           {kNetwork, "Last layer counted", "",
            "The last layer that counts. Those after it learn, but have no say."}),
  };
}

std::vector<Field> rule() {
  return {
      with(
          choice("rule", &Config::rule, choices_of(rules())),
          {kLearning, "Rule", "", "How weights change: by each layer's own goodness, or another."}),
      when(with(choice("losses", &Config::losses, kLosses),
                {kLearning, "Losses", "",
                 "What perturbations are judged by: the softmax at the end of the net, or each "
                 "layer's own part of it."}),
           "rule", names_where(rules(), [](const Rule& one) { return one.make_local != nullptr; })),
      when(with(choice("class_goodness", &Config::class_goodness, choices_of(class_goodnesses())),
                {kLearning, "Class goodness", "",
                 "How good a layer finds each class: by a projection that it learns, or by each "
                 "class's own channels."}),
           "rule", {"class_goodness"}),
      when(with(number("span", &Config::span, IntegerRange{1, kMostLayers}),
                {kLearning, "Layers a loss", "layers",
                 "1: each layer learns alone. 2: the second of two has a loss, which the first "
                 "hears of. As many as there are: backprop."}),
           "rule", {"class_goodness"}),
      when(with(number("dropout", &Config::dropout, RealRange{0.0, 0.9}),
                {kLearning, "Dropout", "of the units",
                 "How many units, drawn anew each time, are silent while a layer learns."}),
           "rule", names_where(rules(), [](const Rule& one) { return one.descends; })),
      when(with(number("directions", &Config::directions, IntegerRange{1, 100}),
                {kLearning, "Directions", "an image",
                 "Along how many random directions each image's activity is perturbed; the guess "
                 "is their mean."}),
           "rule", {"activity_perturbation"}),
      when(with(choice("schedule", &Config::schedule, kSchedules),
                {kLearning, "Schedule", "",
                 "Which layers learn when. Phases apart work only with a very low learning rate "
                 "and a very high momentum."}),
           "rule", {"forward_forward"}),
      when(with(number("phase", &Config::phase, IntegerRange{1, 100'000}),
                {kLearning, "Phase", "minibatches",
                 "How many minibatches of positives come before as many of negatives."}),
           "schedule", {"apart"}),
  };
}

std::vector<Field> objective_and_labels() {
  return {
      by_goodness(with(choice("goodness", &Config::goodness, choices_of(goodnesses())),
                       {kObjective, "Goodness", "", "What a layer's activity is worth."})),
      by_goodness(with(choice("polarity", &Config::polarity, kPolarities),
                       {kObjective, "Positives are", "",
                        "Whether positives shall be more active than negatives, or less."})),
      when(with(number("regions", &Config::regions, IntegerRange{1, 7}),
                {kObjective, "Regions", "each way",
                 "Units are divided among so many regions of the image each way. Each region sees "
                 "its surroundings and has a goodness of its own. 1: the image as a whole."}),
           "rule", {"forward_forward"}),
      when(with(choice("goodness_of", &Config::goodness_of, kGroups),
                {kObjective, "Goodness of", "",
                 "Whether a layer of fields has one goodness, or one at each of its places."}),
           "rule", {"forward_forward"}),
      primary(by_goodness(with(choice("objective", &Config::objective, choices_of(objectives())),
                               {kObjective, "Objective", "",
                                "How the goodness of positives and negatives becomes a loss."}))),
      primary(when(
          with(
              number("threshold", &Config::threshold, RealRange{0.0, 100.0}),
              {kObjective, "Threshold", "a unit",
               "Goodness should lie above it for positives and below it for negatives. It is given "
               "a unit: a sum of squares is held against it times the layer's units."}),
          "objective",
          names_where(objectives(), [](const Objective& one) { return one.has_threshold; }))),
      primary(by_goodness_of_any(
          with(number("sharpness", &Config::sharpness, RealRange{0.001, 1000.0, true}),
               {kObjective, "Sharpness", "",
                "How steeply the loss falls as goodness passes the threshold, or that of a "
                "positive passes its negative's."}))),
      when(with(choice("collaboration", &Config::collaboration, kCollaborations),
                {kObjective, "Collaboration", "",
                 "Whose goodness is added to a layer's own before it is judged."}),
           "rule", {"forward_forward"}),
      with(choice("label_code", &Config::label_code, choices_of(label_codes())),
           {kLabels, "Label code", "",
            "How a label is written: into first pixels, beside the image, as a channel's lit tile, "
            "or as a wave."}),
      by_goodness(with(
          choice("negatives", &Config::negatives, choices_of(all_negatives())),
          {kLabels, "Negatives", "",
           "What a negative is: an image with any wrong label, or with one that the net's softmax "
           "finds likely. Or parts of two images: then labels are read by the softmax alone."})),
      labelled(with(number("outliers", &Config::outliers, RealRange{0.0, 0.9}),
                    {kLabels, "Outliers", "of the negatives",
                     "Share of the negatives that show what is of no class: lines of a pen, "
                     "mirrored and joined images. Goodness then tells them from digits."})),
      primary(labelled(
          with(number("label_strength", &Config::label_strength, RealRange{0.01, 100.0, true}),
               {kLabels, "Label strength", "",
                "Length of the label's code, where a white pixel is 1: in the first pixels, "
                "the value of the label's."}))),
      with(number("softmax_rate", &Config::softmax_rate, RealRange{0.0, 1.0}),
           {kLabels, "Softmax learning rate", "",
            "Learning rate of the one-pass softmax read-out; 0 leaves it out."}),
      live(when(with(number("softmax_shift", &Config::softmax_shift, IntegerRange{0, 2}),
                     {kLabels, "Looks around", "pixels",
                      "An image is read at every place up to this many pixels away, and mirrored "
                      "if it was learnt so. The softmax, or each class's goodness, is averaged: "
                      "over 9 places for 1, 25 for 2."}),
                "softmax_rate", {})),
  };
}

std::vector<Field> optimiser_and_run() {
  return {
      with(choice("optimiser", &Config::optimiser, kOptimisers),
           {kOptimiser, "Optimiser", "", "How a gradient changes the weights."}),
      live(primary(
          with(number("learning_rate", &Config::learning_rate, RealRange{1e-7, 10.0, true}),
               {kOptimiser, "Learning rate", "", "Size of a weight change before it decays."}))),
      with(number("momentum", &Config::momentum, RealRange{0.0, 0.9999}),
           {kOptimiser, "Momentum", "",
            "Share of the smoothed gradient kept from one minibatch to the next; Adam's beta 1."}),
      when(with(number("beta2", &Config::beta2, RealRange{0.0, 0.999999}),
                {kOptimiser, "Adam's beta 2", "",
                 "Share of the smoothed squared gradient kept from one minibatch to the next."}),
           "optimiser", {"adam"}),
      live(with(number("weight_decay", &Config::weight_decay, RealRange{0.0, 10.0}),
                {kOptimiser, "Weight decay", "",
                 "Share of a weight, times the learning rate, that is lost each minibatch."})),
      with(number("warm_up", &Config::warm_up, RealRange{0.0, 0.5}),
           {kOptimiser, "Warms up for", "of the run",
            "Up to this share of the run the learning rate grows, so that the first steps of "
            "Adam are small."}),
      with(number("decay_start", &Config::decay_start, RealRange{0.0, 1.0}),
           {kOptimiser, "Decay starts at", "of the run",
            "From this share of the run on the learning rate falls to zero; 1 keeps it constant."}),
      with(choice("decay", &Config::decay, kDecays),
           {kOptimiser, "Decay", "", "Whether the learning rate falls in a line or half a wave."}),
      live(when(
          with(number("peer_strength", &Config::peer_strength, RealRange{0.0, 10.0}),
               {kOptimiser, "Peer normalisation", "",
                "Pull of each unit's mean activity towards its layer's mean, which revives dead "
                "units."}),
          "rule", {"forward_forward"})),
      with(number("batch", &Config::batch, IntegerRange{1, 10'000}),
           {kRun, "Batch", "images", "Positives in a minibatch; each comes with one negative."}),
      primary(with(number("epochs", &Config::epochs, IntegerRange{1, 100'000}),
                   {kRun, "Epochs", "", "How many times every training image is seen."})),
      with(number("seed", &Config::seed, IntegerRange{0, (std::int64_t{1} << 53) - 1}),
           {kRun, "Seed", "", "Start of every random choice: the same seed gives the same run."}),
  };
}

const std::vector<Field>& all_fields() {
  static const std::vector<Field> all = [] {
    std::vector<Field> result = data_and_network();
    for (const auto& part : {rule(), objective_and_labels(), optimiser_and_run()})
      result.insert(result.end(), part.begin(), part.end());
    return result;
  }();
  return all;
}

}  // namespace

std::span<const Field> fields() { return all_fields(); }

}  // namespace ff
