// CLD2 as pycld2.detect(text, isPlainText=True, bestEffort=True) calls it; tests/fuzzing/detector_run.py builds and runs this.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "compact_lang_det.h"
#include "encodings.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  // Python keeps a zero byte behind every string, and CLD2 reads that one.
  const std::string text(reinterpret_cast<const char *>(data), size);
  CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[3];
  int percents[3], bytes, valid;
  double scores[3];
  bool reliable;
  CLD2::ExtDetectLanguageSummaryCheckUTF8(text.c_str(), static_cast<int>(size), true, &hints, CLD2::kCLDFlagBestEffort, languages,
                                          percents, scores, nullptr, &bytes, &reliable, &valid);
  return 0;
}
