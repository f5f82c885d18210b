# The libraries from elsewhere, found as their packages describe them: header-only ones, those that
# read people's files (natively only), and Catch2.

if(FF_LIBRARIES)
  list(PREPEND CMAKE_PREFIX_PATH ${FF_LIBRARIES}/usr)
  set(ZLIB_USE_STATIC_LIBS ON) # as of the others: what runs needs no folder of ours
endif()

foreach(library Eigen3 nlohmann_json CLI11)
  find_package(${library} REQUIRED CONFIG NO_CMAKE_FIND_ROOT_PATH)
endforeach()

if(NOT EMSCRIPTEN AND NOT FF_KERNELS_ONLY)
  find_package(ZLIB REQUIRED)
  find_package(PNG REQUIRED)
  find_package(JPEG REQUIRED)
  if(FF_LIBRARIES)
    # Debian keeps what depends on the processor, libjpeg's jconfig.h, in a folder of its own.
    target_include_directories(
      JPEG::JPEG SYSTEM INTERFACE ${FF_LIBRARIES}/usr/include/${CMAKE_LIBRARY_ARCHITECTURE})
  endif()
endif()

if(FF_CATCH2)
  set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY) # what it asks the compiler needs no linking
  add_subdirectory(${FF_CATCH2} ${PROJECT_BINARY_DIR}/catch2 EXCLUDE_FROM_ALL SYSTEM)
  unset(CMAKE_TRY_COMPILE_TARGET_TYPE)
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
