// The look that every page of burntin has.
#ifndef BURNTIN_CLIENT_HTML_STYLE_H_
#define BURNTIN_CLIENT_HTML_STYLE_H_

#include <string>

namespace burntin {

// CSS for the page's only style element.
std::string PageStyle();

// SHA-256 of PageStyle() in base64, for the page's security policy.
std::string PageStyleHash();

}  // namespace burntin

#endif  // BURNTIN_CLIENT_HTML_STYLE_H_
