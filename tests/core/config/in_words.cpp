#include "../sample.hpp"
#include "ff/fields.hpp"

namespace ff::test {

std::string in_words(const Config& config) { return to_json(config).dump(); }

}  // namespace ff::test
