// Certificates of an authority that a test makes, by the program openssl.
#ifndef BURNTIN_TESTS_SERVER_IDENTITY_CERTIFICATES_H_
#define BURNTIN_TESTS_SERVER_IDENTITY_CERTIFICATES_H_

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "tests/testutil/temp_dir.h"

namespace burntin {

// Paths of PEM files; the key is for its owner alone.
struct CertificateFiles {
  std::string certificate;
  std::string key;
};

inline std::string TextOf(const std::string& path) {
  std::ifstream file(path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

class Authority {
 public:
  Authority() {
    Run("req -x509 -nodes -days 2 -subj /CN=authority -newkey ec -pkeyopt "
        "ec_paramgen_curve:P-256 -keyout ca.key -out ca.pem");
  }

  std::string path() const { return folder_.File("ca.pem"); }

  // `names` as openssl writes them: "DNS:localhost,URI:spiffe://a". With
  // `days` below 0 it has expired.
  CertificateFiles Issue(const std::string& file, const std::string& names,
                         int days = 2) const {
    Run("req -nodes -subj /O=Site/CN=" + file +
        " -newkey ec -pkeyopt ec_paramgen_curve:P-256 -addext "
        "subjectAltName=" +
        names + " -keyout " + file + ".key -out " + file + ".csr");
    Run("x509 -req -CA ca.pem -CAkey ca.key -CAcreateserial -copy_extensions "
        "copy -days " +
        std::to_string(days) + " -in " + file + ".csr -out " + file + ".pem");
    return {folder_.File(file + ".pem"), folder_.File(file + ".key")};
  }

 private:
  void Run(const std::string& arguments) const {
    const std::string command = "cd " + folder_.path() + " && openssl " +
                                arguments + " >log 2>&1 </dev/null";
    if (std::system(command.c_str()) != 0) {
      throw std::runtime_error("openssl failed: " +
                               TextOf(folder_.File("log")));
    }
  }

  TempDir folder_;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_IDENTITY_CERTIFICATES_H_
