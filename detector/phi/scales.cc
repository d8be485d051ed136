#include "detector/phi/scales.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace burntin {
namespace {

constexpr double kScaleError = 1e-6;
constexpr size_t kFewestMarks = 3;
constexpr size_t kFewestMarksWithGaps = 4;

bool IsMultiple(double number, double step) {
  const double times = number / step;
  return std::abs(times - std::round(times)) < kScaleError;
}

}  // namespace

bool IsScale(const std::vector<double>& numbers) {
  if (numbers.size() < kFewestMarks) return false;
  const double step = numbers[1] - numbers[0];
  if (step == 0 || !IsMultiple(numbers[0], step / 2)) return false;
  for (size_t i = 2; i < numbers.size(); ++i) {
    const double error = numbers[i] - numbers[i - 1] - step;
    if (std::abs(error) > kScaleError) return false;
  }
  return true;
}

bool IsScaleWithGaps(const std::vector<double>& numbers) {
  if (numbers.size() < kFewestMarksWithGaps) return IsScale(numbers);
  double step = std::numeric_limits<double>::infinity();
  for (size_t i = 1; i < numbers.size(); ++i) {
    const double gap = numbers[i] - numbers[i - 1];
    if (gap == 0 || (gap > 0) != (numbers[1] > numbers[0])) return false;
    step = std::min(step, std::abs(gap));
  }
  if (!IsMultiple(numbers[0], step / 2)) return false;
  size_t even = 0;
  for (size_t i = 1; i < numbers.size(); ++i) {
    const double gap = std::abs(numbers[i] - numbers[i - 1]);
    if (!IsMultiple(gap, step)) return false;
    even += gap - step < kScaleError;
  }
  return 2 * even >= numbers.size() - 1;
}

}  // namespace burntin
