#include "server/ledger/sql/connection.h"

#include <charconv>
#include <utility>

#include "detector/base/status_macros.h"

namespace burntin {
namespace {

// PostgreSQL answers numbers as text.
template <typename Number>
std::optional<Number> ParseNumber(const std::string& text) {
  Number value = 0;
  const char* end = text.data() + text.size();
  const auto [parsed_to, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || parsed_to != end) return std::nullopt;
  return value;
}

template <typename Number>
std::optional<Number> ToNumber(const SqlValue& value) {
  if (const auto* number = std::get_if<Number>(&value)) return *number;
  if (const auto* text = std::get_if<std::string>(&value)) {
    return ParseNumber<Number>(*text);
  }
  return std::nullopt;
}

}  // namespace

const SqlValue* SqlRow::Get(size_t column) const {
  if (column < values_.size()) return &values_[column];
  damaged_ = true;
  return nullptr;
}

int64_t SqlRow::Int(size_t column) const {
  const SqlValue* value = Get(column);
  const auto number = value ? ToNumber<int64_t>(*value) : std::nullopt;
  damaged_ = damaged_ || !number;
  return number.value_or(0);
}

double SqlRow::Real(size_t column) const {
  const SqlValue* value = Get(column);
  const auto number = value ? ToNumber<double>(*value) : std::nullopt;
  damaged_ = damaged_ || !number;
  return number.value_or(0);
}

std::string SqlRow::Text(size_t column) const {
  const SqlValue* value = Get(column);
  if (value == nullptr || std::holds_alternative<SqlNull>(*value)) return "";
  if (const auto* text = std::get_if<std::string>(value)) return *text;
  damaged_ = true;
  return "";
}

bool SqlRow::IsNull(size_t column) const {
  const SqlValue* value = Get(column);
  return value == nullptr || std::holds_alternative<SqlNull>(*value);
}

absl::StatusOr<Transaction> Transaction::Begin(Connection* connection,
                                               TransactionKind kind) {
  RETURN_IF_ERROR(connection->Begin(kind));
  return Transaction(connection);
}

absl::Status Transaction::Commit() {
  RETURN_IF_ERROR(connection_->Commit());
  (void)connection_.release();
  return absl::OkStatus();
}

bool IsPostgresql(std::string_view database) {
  return database.starts_with("postgresql://") ||
         database.starts_with("postgres://") ||
         (database.find('=') != std::string_view::npos &&
          !database.starts_with("/") && !database.starts_with("."));
}

absl::StatusOr<std::unique_ptr<Connection>> OpenConnection(
    const std::string& database, OpenMode mode) {
  return IsPostgresql(database) ? OpenPostgresql(database, mode)
                                : OpenSqlite(database, mode);
}

}  // namespace burntin
