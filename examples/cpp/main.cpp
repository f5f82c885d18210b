// read_a_digit DATA PICTURE: trains a small net on some images of MNIST, which is in the folder
// DATA/mnist, says how often it is wrong about others, and reads a photographed or scanned digit.
#include <filesystem>
#include <iostream>
#include <memory>

#include "ff/drawing.hpp"
#include "ff/error.hpp"
#include "ff/explain.hpp"
#include "ff/files.hpp"
#include "ff/load_dataset.hpp"
#include "ff/picture_file.hpp"
#include "ff/presets.hpp"
#include "ff/read_out.hpp"
#include "ff/threads.hpp"
#include "ff/trainer.hpp"

namespace {

ff::Network train(const std::filesystem::path& data) {
  ff::Config config = ff::preset("supervised").config;
  config.layers = {200, 200};
  config.train_images = 6000;
  config.epochs = 10;
  const auto images = std::make_shared<const ff::Dataset>(
      ff::load_dataset(data, config.dataset, ff::Split::kTrain));
  ff::Trainer trainer(config, images);
  while (!trainer.finished()) trainer.step();
  return trainer.network();
}

void judge(const ff::Network& network, const std::filesystem::path& data) {
  const ff::Dataset test = ff::load_dataset(data, network.config.dataset, ff::Split::kTest);
  const ff::Evaluation evaluation = ff::evaluate(network, test, 0, test.count());
  std::cout << "wrong about " << evaluation.errors() << " of " << evaluation.images << " images\n";
}

void predict(const ff::Network& network, const std::filesystem::path& picture) {
  const ff::GreyImage grey = ff::decode_picture(ff::read_file(picture), picture.string());
  const auto digit = ff::digit_from_drawing(ff::ink_on_black(grey));
  if (!digit) throw ff::Error(picture.string() + ": nothing is drawn there.");
  const int label = ff::best_class(ff::read_image(network, *digit).answer());
  std::cout << "reads a " << network.classes.at(static_cast<std::size_t>(label)) << "\n";
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "read_a_digit DATA PICTURE: expected a folder and a file.\n";
    return 2;
  }
  try {
    ff::set_thread_count(ff::available_threads());
    const ff::Network network = train(arguments[1]);
    judge(network, arguments[1]);
    predict(network, arguments[2]);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << ff::explain(error) << "\n";
    return 1;
  }
}
