// Reads Prometheus' text format, as far as the tests need it.
#ifndef BURNTIN_TESTS_SERVER_METRICS_EXPOSITION_H_
#define BURNTIN_TESTS_SERVER_METRICS_EXPOSITION_H_

#include <map>
#include <optional>
#include <sstream>
#include <string>

namespace burntin {

// The values by what stands before them, as in `name{label="value"}`.
inline std::map<std::string, double> Exposed(const std::string& text) {
  std::map<std::string, double> values;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    const size_t space = line.rfind(' ');
    values[line.substr(0, space)] = std::stod(line.substr(space + 1));
  }
  return values;
}

// Nothing if the metric is not there.
inline std::optional<double> ValueOf(const std::string& text,
                                     const std::string& metric) {
  const auto values = Exposed(text);
  const auto found = values.find(metric);
  if (found == values.end()) return std::nullopt;
  return found->second;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_METRICS_EXPOSITION_H_
