// The text of models/manifest.json, put into the library when it is built.
// Private to detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_MODEL_MANIFEST_H_
#define BURNTIN_DETECTOR_PIPELINE_MODEL_MANIFEST_H_

namespace burntin {

extern const char kModelManifest[];

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_MODEL_MANIFEST_H_
