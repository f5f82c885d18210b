#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ff::cli {

/// 60000 → "60,000".
std::string with_commas(std::int64_t number);

/// A share of 1 as per cent, two digits after the point: 0.0185 → "1.85 %".
std::string percent(double share);

/// "4.2 s", "12 s", "3 min 05 s", "2 h 07 min".
std::string duration(double seconds);

/// The number with so many digits after the point.
std::string fixed(double number, int digits);

/// Four significant digits: "0.01234", "1.234", "123.4".
std::string significant(double number);

/// Fills up with spaces on the left, so that columns of numbers end alike.
std::string right(std::string_view text, std::size_t width);

/// Fills up with spaces on the right.
std::string left(std::string_view text, std::size_t width);

/// Breaks lines between words so that none is longer than `width`, where words allow.
std::string wrapped(std::string_view text, std::size_t width);

/// A word of a command as a POSIX shell must be given it.
std::string shell_quoted(std::string_view word);

}  // namespace ff::cli
