// What a detector is, in one digest. Private to detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_FINGERPRINT_H_
#define BURNTIN_DETECTOR_PIPELINE_FINGERPRINT_H_

#include <string>
#include <vector>

#include "detector/detector.h"

namespace burntin {

// What a detector is made of beside its options.
struct FingerprintParts {
  std::string build;            // see BuildIdentity
  std::string language_data;    // see TesseractDataDigest
  std::string data_dictionary;  // see DataDictionaryText
  std::string site_vocabulary;  // the text of a site's own words
  std::vector<ModelVersion> models;
};

// See Detector::fingerprint. Of `options` all counts that can change a report
// of an object that was inspected in full: how many workers there are, how
// much memory and time a decoder gets, and where files lie does not. Empty if
// a part is not known.
std::string Fingerprint(const DetectorOptions& options,
                        const FingerprintParts& parts);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_FINGERPRINT_H_
