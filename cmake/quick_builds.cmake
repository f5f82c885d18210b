# Nearly all of a small file's time is its headers: neighbours are compiled together.
set(CMAKE_UNITY_BUILD ON)
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)

# GCC looks for garbage a tenth of the time that it takes, which a sixth more memory saves.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(--param=ggc-min-expand=10000 --param=ggc-min-heapsize=4000000)
endif()

# What nearly all of a target's files include, compiled once. Clang's precompiled headers differ from
# folder to folder, so that ccache would find nothing of another clone's: only for a person's first page,
# which is compiled without one. The tests, which have it, then miss what a file forgets to include.
function(ff_precompile target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" OR (EMSCRIPTEN AND NOT DEFINED ENV{EM_COMPILER_WRAPPER}))
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

# Joins a target's files room by room: a folder's together, and the rest of the target's own folder
# in as many parts as asked for. What changes seldom is then not compiled with what changes often. For
# the page, whose first build a person waits for, small rooms are one.
function(ff_join_rooms target parts)
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
  get_target_property(base ${target} SOURCE_DIR)
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  set(next 0)
  foreach(source IN LISTS sources)
    cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${base} OUTPUT_VARIABLE path)
    cmake_path(RELATIVE_PATH path BASE_DIRECTORY ${base} OUTPUT_VARIABLE path)
    cmake_path(GET path PARENT_PATH room)
    if(room MATCHES "^(src)?$")
      math(EXPR part "${next} % ${parts}")
      math(EXPR next "${next} + 1")
      set(room "part ${part}")
    elseif(EMSCRIPTEN)
      file(GLOB neighbours ${base}/${room}/*.cpp)
      list(LENGTH neighbours size)
      if(size LESS_EQUAL 5)
        set(room "small rooms")
      endif()
    endif()
    string(MAKE_C_IDENTIFIER "${room}" group)
    set_source_files_properties(
      ${source} TARGET_DIRECTORY ${target} PROPERTIES UNITY_GROUP ${group})
  endforeach()
endfunction()
