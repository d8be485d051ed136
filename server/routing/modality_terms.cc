#include "server/routing/modality_terms.h"

#include <algorithm>
#include <iterator>

namespace burntin {
namespace {

constexpr std::string_view kTerms[] = {
    // in use
    "ANN", "AR", "ASMT", "AU", "BDUS", "BI", "BMD", "CFM", "CR", "CT",
    "CTPROTOCOL", "DMS", "DG", "DOC", "DX", "ECG", "EEG", "EMG", "EOG", "EPS",
    "ES", "FID", "GM", "HC", "HD", "IO", "IOL", "IVOCT", "IVUS", "KER", "KO",
    "LEN", "LS", "M3D", "MG", "MR", "NM", "OAM", "OCT", "OP", "OPM", "OPT",
    "OPTBSV", "OPTENF", "OPV", "OSS", "OT", "PA", "PLAN", "POS", "PR", "PT",
    "PX", "REG", "RESP", "RF", "RG", "RTDOSE", "RTIMAGE", "RTINTENT", "RTPLAN",
    "RTRAD", "RTRECORD", "RTSEGANN", "RTSTRUCT", "RWV", "SEG", "SM", "SMR",
    "SR", "SRF", "STAIN", "TEXTUREMAP", "TG", "US", "VA", "XA", "XAPROTOCOL",
    "XC",
    // retired
    "AS", "CD", "CF", "CP", "CS", "DD", "DF", "DM", "DS", "EC", "FA", "FS",
    "LP", "MA", "MS", "OPR", "ST", "VF"};

struct Advice {
  std::string_view text;
  std::string_view sentence;
};

constexpr Advice kAdvice[] = {
    {"PET", "PET images have PT."},
    {"MRI", "MR images have MR."},
    {"PET/CT", "PET images have PT and CT images CT, also of one device."},
    {"XRAY", "Radiographs have CR or DX."},
    {"SC",
     "A secondary capture has the modality of what it shows, or OT; ask "
     "for its sop_class_uid or image_type."},
    {"CBCT", "Cone beam images have CT or, in dentistry, PX."},
    {"ALL", "Leave the condition out where every modality is meant."},
};

}  // namespace

bool IsModalityTerm(std::string_view text) {
  return std::find(std::begin(kTerms), std::end(kTerms), text) !=
         std::end(kTerms);
}

std::string_view ModalityAdvice(std::string_view text) {
  for (const Advice& advice : kAdvice) {
    if (advice.text == text) return advice.sentence;
  }
  return "";
}

}  // namespace burntin
