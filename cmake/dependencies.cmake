# The libraries from elsewhere: header-only ones as ff::deps, those that read people's files as
# ff::formats (natively only), Catch2 as Catch2::Catch2WithMain.

set(hints ${FF_LIBRARIES}/usr/include)
find_path(FF_EIGEN Eigen/Core HINTS ${hints} PATH_SUFFIXES eigen3 REQUIRED NO_CMAKE_FIND_ROOT_PATH)
find_path(FF_JSON nlohmann/json.hpp HINTS ${hints} REQUIRED NO_CMAKE_FIND_ROOT_PATH)
find_path(FF_CLI11 CLI/CLI.hpp HINTS ${hints} REQUIRED NO_CMAKE_FIND_ROOT_PATH)

add_library(ff_deps INTERFACE)
add_library(ff::deps ALIAS ff_deps)
target_include_directories(ff_deps SYSTEM INTERFACE ${FF_EIGEN} ${FF_JSON} ${FF_CLI11})

if(NOT EMSCRIPTEN AND NOT FF_KERNELS_ONLY)
  if(FF_LIBRARIES)
    list(PREPEND CMAKE_PREFIX_PATH ${FF_LIBRARIES}/usr)
    set(ZLIB_USE_STATIC_LIBS ON) # as of the others: what runs needs no folder of ours
  endif()
  find_package(ZLIB REQUIRED)
  find_package(PNG REQUIRED)
  find_package(JPEG REQUIRED)
  add_library(ff_formats INTERFACE)
  add_library(ff::formats ALIAS ff_formats)
  target_link_libraries(ff_formats INTERFACE PNG::PNG JPEG::JPEG ZLIB::ZLIB)
  if(FF_LIBRARIES)
    # Debian keeps what depends on the processor, libjpeg's jconfig.h, in a folder of its own.
    target_include_directories(
      ff_formats SYSTEM INTERFACE ${FF_LIBRARIES}/usr/include/${CMAKE_LIBRARY_ARCHITECTURE})
  endif()
endif()

if(FF_CATCH2)
  add_subdirectory(${FF_CATCH2} ${PROJECT_BINARY_DIR}/catch2 EXCLUDE_FROM_ALL SYSTEM)
  # It is no part of what is tested: what counts is that it is built quickly.
  set_target_properties(Catch2 Catch2WithMain PROPERTIES UNITY_BUILD_BATCH_SIZE 40)
  target_compile_options(Catch2 PRIVATE -O0 -g0 -fno-sanitize=all)
  target_compile_options(Catch2WithMain PRIVATE -O0 -g0 -fno-sanitize=all)
  if(EMSCRIPTEN)
    # So that programs with threads can be linked with it too.
    target_compile_options(Catch2 PRIVATE -pthread)
    target_compile_options(Catch2WithMain PRIVATE -pthread)
  endif()
else()
  find_package(Catch2 3 REQUIRED)
endif()
