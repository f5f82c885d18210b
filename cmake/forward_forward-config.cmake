# Found by find_package(forward_forward): ff::core, and what its headers and its static library need.
include(CMakeFindDependencyMacro)
foreach(library Eigen3 nlohmann_json Threads ZLIB PNG JPEG)
  find_dependency(${library})
endforeach()
include(${CMAKE_CURRENT_LIST_DIR}/forward_forward.cmake)
