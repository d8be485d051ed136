#include "detector/phi/name_words.h"

#include <algorithm>
#include <iterator>

namespace burntin {
namespace {

constexpr std::string_view kPlaceholders[] = {
    "ANON",    "ANONYM",  "ANONYMOUS", "ANONYMIZED",   "ANONYMISED",
    "UNKNOWN", "UNK",     "NONE",      "NULL",         "NA",
    "NAME",    "NONAME",  "NOID",      "TEST",         "PATIENT",
    "PHANTOM", "DUMMY",   "REMOVED",   "DEIDENTIFIED", "DELETED",
    "SAMPLE",  "DEFAULT", "UNDEFINED", "UNSPECIFIED",  "XXX",
    "ZZZ",     "CASE",    "SUBJECT",   "STUDY",        "QC",
    "DEMO",    "EMPTY",   "REDACTED",  "UNNAMED"};

// Words in names that many people share or that are titles.
constexpr std::string_view kNameParticles[] = {
    "DR",  "MR",   "MRS",   "MS",    "MISS",  "PROF", "SIR",   "JR",   "SR",
    "II",  "III",  "IV",    "PHD",   "MD",    "MSC",  "RN",    "RT",   "DO",
    "VAN", "VON",  "DER",   "DEN",   "DE",    "DEL",  "DI",    "DA",   "DOS",
    "DAS", "LA",   "LE",    "LES",   "EL",    "AL",   "BIN",   "IBN",  "TEN",
    "THE", "VOM",  "ZU",    "ZUM",   "ZUR",   "TER",  "OP",    "HET",  "AF",
    "AV",  "DU",   "DELLA", "DELLO", "DEGLI", "LO",   "BINT",  "BEN",  "ABU",
    "UL",  "UR",   "ED",    "MC",    "ST",    "SAN",  "SANTA", "HERR", "FRAU",
    "MME", "MLLE", "SRA",   "DIPL",  "ING",   "MED",  "DDS",   "FRCR", "FRCP"};

// Words that many institutions share.
constexpr std::string_view kInstitutionWords[] = {
    "HOSPITAL",   "HOPITAL",    "OSPEDALE",   "KRANKENHAUS", "KLINIK",
    "KLINIKUM",   "CLINIC",     "CLINICAL",   "CLINIQUE",    "CLINICA",
    "CENTER",     "CENTRE",     "CENTRO",     "MEDICAL",     "MEDICINE",
    "HEALTH",     "HEALTHCARE", "UNIVERSITY", "UNIVERSITE",  "UNIVERSIDAD",
    "RADIOLOGY",  "RADIOLOGIE", "RADIOLOGIA", "IMAGING",     "DIAGNOSTIC",
    "DEPARTMENT", "INSTITUTE",  "INSTITUT",   "SAINT",       "GENERAL",
    "REGIONAL",   "NATIONAL",   "CHILDREN",   "CHILDRENS",   "COUNTY",
    "STREET",     "ROAD",       "AVENUE",     "PRACTICE",    "GROUP",
    "HOSP",       "CTR",        "MED",        "DEPT",        "WARD"};

template <typename Words>
bool Contains(const Words& words, std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

bool IsPlaceholderWord(std::string_view word) {
  return Contains(kPlaceholders, word);
}

bool IsNameParticle(std::string_view word) {
  return Contains(kNameParticles, word);
}

bool IsInstitutionWord(std::string_view word) {
  return Contains(kInstitutionWords, word);
}

}  // namespace burntin
