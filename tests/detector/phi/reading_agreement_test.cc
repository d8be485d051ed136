#include "detector/phi/reading_agreement.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace burntin {
namespace {

struct AgreementCase {
  std::string other;
  double confidence;
  std::string benign;
  double benign_confidence;
};

bool Says(const AgreementCase& row) {
  return SaysOtherwise({row.other, row.confidence},
                       {row.benign, row.benign_confidence});
}

TEST(ReadingAgreementTest, AMisreadOrCutTextIsTheSame) {
  for (const AgreementCase& row :
       std::vector<AgreementCase>{{"STANDA", 0.8, "STANDARD", 0.95},
                                  {"STANDARD|", 0.8, "STANDARD", 0.95},
                                  {"JSTANDARD", 0.8, "STANDARD", 0.95},
                                  {"5TANDARD", 0.8, "STANDARD", 0.95},
                                  {"FIS", 0.8, "F/S", 0.95},
                                  {"OQ", 0.8, "8", 0.95},
                                  {"FROOLS", 0.4, "TOOLS IN", 0.99},
                                  {"BPRF 3061 HZ", 0.7, "PRF 3061 HZ", 0.95},
                                  {"IRAO 9", 0.7, "RAO 9", 0.92},
                                  {"15 FIS", 0.8, "15 F/S", 0.99},
                                  {"STANDA", 0.99, "STANDARD", 0.95},
                                  {"", 0, "STANDARD", 0.6}}) {
    EXPECT_FALSE(Says(row)) << row.other;
  }
}

TEST(ReadingAgreementTest, MoreThanTheBenignReadingSaysIsAnotherText) {
  for (const AgreementCase& row : std::vector<AgreementCase>{
           {"RIGHT OKTAWIAK", 0.45, "RIGHT", 0.96},
           {"RIGHT 48213", 0.58, "RIGHT", 0.96},
           {"K4821", 0.8, "4821", 0.99},
           {"48213", 0.8, "4821", 0.99},
           {"PRF 30613 HZ", 0.7, "PRF 3061 HZ", 0.99},
           {"L 4821K", 0.7, "L 4821", 0.99},
           {"J WHITE", 0.94, "WHITE", 0.96},
           {"COMPRESSION LEE", 0.8, "COMPRESSION", 0.99}}) {
    EXPECT_TRUE(Says(row)) << row.other;
  }
}

TEST(ReadingAgreementTest, AShortWordWithAnotherLetterIsAnotherText) {
  for (const AgreementCase& row :
       std::vector<AgreementCase>{{"BAIN", 0.8, "MAIN", 0.99},
                                  {"LEE", 0.8, "LEG", 0.99},
                                  {"SPANE", 0.8, "SPINE", 0.99}}) {
    EXPECT_TRUE(Says(row)) << row.other;
  }
}

TEST(ReadingAgreementTest, ASurerReadingIsAnotherText) {
  EXPECT_TRUE(Says({"STANDABD", 0.8, "STANDARD", 0.79}));
  EXPECT_FALSE(Says({"STANDABD", 0.8, "STANDARD", 0.8}));
}

TEST(ReadingAgreementTest, ALegibleReadingIsNeverAFailedOne) {
  EXPECT_TRUE(Says({"FEELS", 0.5, "TOOLS", 0.99}));
  EXPECT_FALSE(Says({"FEELS", 0.49, "TOOLS", 0.99}));
}

}  // namespace
}  // namespace burntin
