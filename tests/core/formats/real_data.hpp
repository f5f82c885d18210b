#pragma once

#include <cstdlib>
#include <filesystem>

#include "ff/error.hpp"

namespace ff::test {

/// The folder of data sets, which holds mnist/. Throws Error when FF_DATA does not name it.
inline std::filesystem::path real_data() {
  const char* folder = std::getenv("FF_DATA");
  if (!folder) {
    throw Error("FF_DATA is not set, the folder that holds mnist/ was expected in it.");
  }
  return folder;
}

}  // namespace ff::test
