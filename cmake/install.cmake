# What `cmake --install` puts where: the command line, and the library so that another project's
# find_package(forward_forward) has its ff::core.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/forward_forward)
set(version_file ${PROJECT_BINARY_DIR}/forward_forward-config-version.cmake)
write_basic_package_version_file(${version_file} COMPATIBILITY SameMinorVersion)

install(TARGETS ff)
install(TARGETS ff_core EXPORT forward_forward INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY core/include/ff DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT forward_forward NAMESPACE ff:: DESTINATION ${package_folder})
install(FILES cmake/forward_forward-config.cmake ${version_file} DESTINATION ${package_folder})
