#include "server/identity/doorman.h"

#include <algorithm>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

absl::Status Unknown() {
  return Error(Reason::kCredentialsInvalid,
               "The caller is unknown, or is no caller any more. Send a valid "
               "certificate or token.");
}

absl::Status RoleMissing() {
  return Error(Reason::kRoleMissing,
               "The caller has not the role that this method needs. Ask the "
               "site's admin for it.");
}

absl::Status TooManyFailures() {
  return Error(Reason::kTooManyFailures,
               "Too many calls from this address had wrong credentials. "
               "Correct them and wait a minute.");
}

// What follows "Bearer"; empty if it is another scheme.
std::string BearerToken(const std::string& header) {
  constexpr std::string_view kScheme = "bearer ";
  if (header.size() <= kScheme.size()) return "";
  for (size_t i = 0; i < kScheme.size(); ++i) {
    const char c = header[i];
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (lower != kScheme[i]) return "";
  }
  return header.substr(kScheme.size());
}

// The first role, of those that would do, in which the identity may call.
const Role* RoleFor(const AccessRule& rule, const Identity& identity) {
  const auto found =
      std::find_if(rule.roles.begin(), rule.roles.end(),
                   [&](Role role) { return identity.roles.contains(role); });
  return found == rule.roles.end() ? nullptr : &*found;
}

}  // namespace

Doorman::Doorman(std::vector<KnownIdentity> identities, Clock clock)
    : identities_(std::move(identities)),
      clock_(std::move(clock)),
      digest_key_(RandomSecret()),
      nobodys_hash_(TokenHash::Of(RandomSecret())) {}

Doorman::Ruling Doorman::Rule(const CallFacts& facts) {
  const Caller anonymous{kAnonymous, {}, "", PeerAddress(facts.peer)};
  const AccessRule* rule = FindAccessRule(facts.method);
  if (rule == nullptr) return {RoleMissing(), ""};
  if (rule->openness == Openness::kOpen) return {anonymous, ""};
  if (identities_.empty() && facts.authorization.empty() &&
      rule->openness == Openness::kUntilThereAreIdentities) {
    return {anonymous, ""};
  }
  const absl::StatusOr<const KnownIdentity*> known = Identify(facts);
  if (!known.ok()) return {known.status(), ""};
  if (*known == nullptr) return {Unknown(), ""};
  const Identity& identity = (*known)->identity;
  const Role* const role = RoleFor(*rule, identity);
  if (role == nullptr) return {RoleMissing(), identity.name};
  return {Caller{identity.name, identity.roles, RoleName(*role),
                 anonymous.peer_address},
          ""};
}

absl::StatusOr<const KnownIdentity*> Doorman::Identify(const CallFacts& facts) {
  const KnownIdentity* known = nullptr;
  if (facts.authorization.size() == 1) {
    ASSIGN_OR_RETURN(known, ByToken(facts.authorization.front(), facts.peer));
  } else if (facts.authorization.empty()) {
    known = ByCertificate(facts.certificate_names);
  }
  if (known == nullptr) return known;
  const bool expired = known->expire_time && clock_() >= *known->expire_time;
  return expired ? nullptr : known;
}

// Nobody if the certificate's names are those of two.
const KnownIdentity* Doorman::ByCertificate(
    const std::vector<std::string>& names) const {
  const KnownIdentity* found = nullptr;
  for (const KnownIdentity& identity : identities_) {
    if (identity.certificate.empty() ||
        std::find(names.begin(), names.end(), identity.certificate) ==
            names.end()) {
      continue;
    }
    if (found != nullptr) return nullptr;
    found = &identity;
  }
  return found;
}

const KnownIdentity* Doorman::NamedWithToken(const std::string& name) const {
  const auto found = std::find_if(
      identities_.begin(), identities_.end(), [&](const KnownIdentity& known) {
        return known.token && known.identity.name == name;
      });
  return found == identities_.end() ? nullptr : &*found;
}

absl::StatusOr<const KnownIdentity*> Doorman::ByToken(const std::string& header,
                                                      const std::string& peer) {
  const std::string text = BearerToken(header);
  const std::optional<Token> token = ParseToken(text);
  const KnownIdentity* known = token ? NamedWithToken(token->name) : nullptr;
  const std::string digest = KeyedDigest(digest_key_, text);
  if (known != nullptr && WasRight(token->name, digest)) return known;
  const std::string group = PeerGroup(PeerAddress(peer));
  if (!failures_.Take(group, clock_())) return TooManyFailures();
  if (!token || !IsRight(known, *token)) return nullptr;
  failures_.GiveBack(group);
  const MutexLock lock(&mutex_);
  right_digests_[token->name] = digest;
  return known;
}

bool Doorman::WasRight(const std::string& name, const std::string& digest) {
  const MutexLock lock(&mutex_);
  const auto found = right_digests_.find(name);
  return found != right_digests_.end() && SameBytes(found->second, digest);
}

// Takes as long for a name that there is none of.
bool Doorman::IsRight(const KnownIdentity* identity, const Token& token) {
  const MutexLock lock(&hashing_);
  if (identity != nullptr) return identity->token->Matches(token.secret);
  static_cast<void>(nobodys_hash_.Matches(token.secret));
  return false;
}

}  // namespace burntin
