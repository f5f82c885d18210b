#include "ff/fields.hpp"

namespace ff {
namespace {

Json schema_of(const IntegerRange& range) {
  return {{"type", "integer"}, {"minimum", range.minimum}, {"maximum", range.maximum}};
}

Json schema_of(const RealRange& range) {
  return {{"type", "number"},
          {"minimum", range.minimum},
          {"maximum", range.maximum},
          {"x-scale", range.logarithmic ? "log" : "linear"}};
}

Json schema_of(const LayerList& list) {
  return {{"type", "array"},
          {"items",
           {{"anyOf", {schema_of(list.units), {{"type", "string"}, {"pattern", kLayerPattern}}}}}},
          {"minItems", list.minimum_items},
          {"maxItems", list.maximum_items}};
}

Json schema_of(const Choices& choices) {
  Json values = Json::array();
  Json titles = Json::object();
  for (const Choice& choice : choices) {
    values.push_back(choice.value);
    titles[std::string(choice.value)] = choice.title;
  }
  return {{"type", "string"}, {"enum", values}, {"x-choices", titles}};
}

Json schema_of(const Field& field) {
  Json schema = {{"title", field.title}, {"description", field.help}};
  schema.update(std::visit([](const auto& domain) { return schema_of(domain); }, field.domain));
  schema["default"] = field.get(Config{});
  schema["x-unit"] = field.unit;
  schema["x-group"] = field.group;
  schema["x-primary"] = field.primary;
  schema["x-live"] = field.live;
  schema["x-applies"] = Json::array();
  for (const auto& [other, values] : field.applies)
    schema["x-applies"].push_back({{"field", other}, {"values", values}});
  return schema;
}

}  // namespace

Json config_schema() {
  Json properties = Json::object();
  for (const Field& field : fields()) properties[std::string(field.name)] = schema_of(field);
  return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
          {"title", "Config"},
          {"description", "Everything a Forward-Forward run depends on."},
          {"type", "object"},
          {"additionalProperties", false},
          {"properties", properties}};
}

}  // namespace ff
