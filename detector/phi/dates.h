// Dates as people and machines write them.
#ifndef BURNTIN_DETECTOR_PHI_DATES_H_
#define BURNTIN_DETECTOR_PHI_DATES_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace burntin {

struct CalendarDate {
  int year = 0;   // four digits
  int month = 0;  // [1, 12]
  int day = 0;    // [1, 31]

  friend bool operator==(const CalendarDate&, const CalendarDate&) = default;
};

struct FoundDate {
  int begin = 0;  // characters [begin, end) of the searched text
  int end = 0;
  // Every date that the characters can mean: 03/04/05 means several.
  std::vector<CalendarDate> meanings;
};

// A DICOM DA or DT value, as in "19700102" or "1970.01.02".
std::optional<CalendarDate> ParseDicomDate(std::string_view value);

// The date without separators in each usual order, at least seven characters
// long, as in "19700102", "02011970" and "2JAN1970".
std::vector<std::string> CompactSpellings(const CalendarDate& date);

// Immutable once made, so any number of threads may use one object.
class DateFinder {
 public:
  DateFinder();
  ~DateFinder();

  // The dates in a folded text, in their order. A date has a day, a month (a
  // number or a name in one of the larger European languages) and a year of
  // two or four digits.
  std::vector<FoundDate> Find(std::string_view folded) const;

  // Runs of three numbers that can be a date with a year of two digits, but as
  // well a scale, a time or a few values: "12 05 64", "12.05 64", "12:05:64",
  // "120564". Worth something only where a date is known to compare with.
  // Runs may overlap.
  std::vector<FoundDate> FindPossible(std::string_view folded) const;

 private:
  struct Patterns;
  std::unique_ptr<const Patterns> patterns_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_DATES_H_
