// The modalities of the DICOM standard.
#ifndef BURNTIN_SERVER_ROUTING_MODALITY_TERMS_H_
#define BURNTIN_SERVER_ROUTING_MODALITY_TERMS_H_

#include <string_view>

namespace burntin {

// Whether `text` is a defined term of Modality (0008,0060), PS3.3 clause
// C.7.3.1.1.1, a retired one included. A device may write others.
bool IsModalityTerm(std::string_view text);

// Why `text`, which is none, may have been written, and what to write: one
// sentence; empty if there is nothing to tell.
std::string_view ModalityAdvice(std::string_view text);

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_MODALITY_TERMS_H_
