package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Chat.same;
import static io.llmplatform.proxy.upstream.gemini.Chat.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCleanerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"string\",\"minLength\":1,\"pattern\":\"^a\",\"title\":\"T\",\"default\":\"a\",\"minimum\":3}|{\"type\":\"STRING\",\"minLength\":1,\"pattern\":\"^a\",\"title\":\"T\",\"default\":\"a\"}",
                "{\"type\":\"string\",\"format\":\"date-time\"}|{\"type\":\"STRING\",\"format\":\"date-time\"}",
                "{\"type\":\"integer\",\"format\":\"int64\",\"minimum\":0}|{\"type\":\"INTEGER\",\"format\":\"int64\",\"minimum\":0}",
                "{\"type\":\"integer\",\"multipleOf\":5,\"description\":\"Fives.\"}|{\"type\":\"INTEGER\",\"description\":\"Fives. Must satisfy this JSON Schema: {\\\"multipleOf\\\":5}\"}",
                "{\"enum\":[\"a\",\"b\",null]}|{\"type\":\"STRING\",\"enum\":[\"a\",\"b\"],\"nullable\":true}",
                "{\"type\":\"string\",\"enum\":[\"\",\"b\"]}|{\"type\":\"STRING\",\"description\":\"Must satisfy this JSON Schema: {\\\"enum\\\":[\\\"\\\",\\\"b\\\"]}\"}",
                "{\"enum\":[1,2]}|{\"type\":\"INTEGER\",\"description\":\"Must satisfy this JSON Schema: {\\\"enum\\\":[1,2]}\"}",
                "{\"const\":true}|{\"type\":\"BOOLEAN\",\"description\":\"Must satisfy this JSON Schema: {\\\"enum\\\":[true]}\"}",
                "{\"const\":\"x\",\"type\":\"string\"}|{\"type\":\"STRING\",\"enum\":[\"x\"]}",
                "{\"type\":[\"null\",\"number\"],\"maximum\":9}|{\"type\":\"NUMBER\",\"nullable\":true,\"maximum\":9}",
                "{\"type\":[\"string\",\"integer\",\"null\"],\"maximum\":9,\"maxLength\":3,\"description\":\"D\"}|{\"anyOf\":[{\"type\":\"STRING\",\"nullable\":true,\"maxLength\":3,\"description\":\"D\"},{\"type\":\"INTEGER\",\"nullable\":true,\"maximum\":9,\"description\":\"D\"}]}",
                "{\"type\":\"null\"}|{\"type\":\"NULL\"}",
                "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}],\"description\":\"D\",\"default\":null}|{\"type\":\"STRING\",\"nullable\":true,\"description\":\"D\"}",
                "{\"anyOf\":[{\"type\":\"null\"},{\"const\":null}]}|{\"type\":\"NULL\"}",
                "{\"oneOf\":[{\"type\":\"string\",\"description\":\"S\"},{\"type\":\"number\"}],\"description\":\"D\"}|{\"anyOf\":[{\"type\":\"STRING\",\"description\":\"S\"},{\"type\":\"NUMBER\",\"description\":\"D\"}]}",
                "{\"anyOf\":[{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"},{\"type\":\"boolean\"}]},{\"type\":\"number\"}]}|{\"anyOf\":[{\"type\":\"STRING\",\"nullable\":true},{\"type\":\"BOOLEAN\",\"nullable\":true},{\"type\":\"NUMBER\"}]}",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\",\"ghost\"],\"additionalProperties\":false,\"$schema\":\"s\",\"$id\":\"i\",\"$comment\":\"c\",\"examples\":[1]}|{\"type\":\"OBJECT\",\"properties\":{\"a\":{\"type\":\"STRING\"}},\"required\":[\"a\"]}",
                "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"number\"}}|{\"type\":\"OBJECT\",\"description\":\"Must satisfy this JSON Schema: {\\\"additionalProperties\\\":{\\\"type\\\":\\\"number\\\"}}\"}",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":1,\"uniqueItems\":true}|{\"type\":\"ARRAY\",\"minItems\":1,\"items\":{\"type\":\"STRING\"},\"description\":\"Must satisfy this JSON Schema: {\\\"uniqueItems\\\":true}\"}",
                "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"number\"},{\"type\":\"number\"}]}|{\"type\":\"ARRAY\",\"items\":{\"type\":\"NUMBER\"},\"description\":\"Must satisfy this JSON Schema: {\\\"prefixItems\\\":[{\\\"type\\\":\\\"number\\\"},{\\\"type\\\":\\\"number\\\"}]}\"}",
                "{\"type\":\"array\"}|{\"type\":\"ARRAY\",\"items\":{\"anyOf\":[{\"type\":\"STRING\"},{\"type\":\"NUMBER\"},{\"type\":\"BOOLEAN\"},{\"type\":\"OBJECT\"}]}}",
                "{\"allOf\":[{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"]},{\"properties\":{\"b\":{\"type\":\"boolean\"}},\"required\":[\"b\",\"a\"]}],\"description\":\"D\"}|{\"type\":\"OBJECT\",\"description\":\"D\",\"properties\":{\"a\":{\"type\":\"STRING\"},\"b\":{\"type\":\"BOOLEAN\"}},\"required\":[\"b\",\"a\"]}",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}},\"anyOf\":[{\"required\":[\"a\"]},{\"required\":[\"b\"]}]}|{\"anyOf\":[{\"type\":\"OBJECT\",\"properties\":{\"a\":{\"type\":\"STRING\"},\"b\":{\"type\":\"STRING\"}},\"required\":[\"a\"]},{\"type\":\"OBJECT\",\"properties\":{\"a\":{\"type\":\"STRING\"},\"b\":{\"type\":\"STRING\"}},\"required\":[\"b\"]}]}",
                "{\"properties\":{\"type\":{\"type\":\"string\"},\"$ref\":{\"type\":\"string\"},\"enum\":{\"type\":\"boolean\"}}}|{\"type\":\"OBJECT\",\"properties\":{\"type\":{\"type\":\"STRING\"},\"$ref\":{\"type\":\"STRING\"},\"enum\":{\"type\":\"BOOLEAN\"}}}"
            })
    void becomesTheSubset(String schema, String expected) throws Exception {
        same(SchemaCleaner.plain(tree(schema), "p"), expected);
    }

    @Test
    void referencesAreWrittenOutAndWhatStandsBesideWins() throws Exception {
        same(SchemaCleaner.ordered(tree("""
                {"type":"object","properties":{
                  "home":{"$ref":"#/$defs/Address","description":"Where one lives"},
                  "odd":{"$ref":"#/definitions/a~1b%20c"},
                  "first":{"$ref":"#/properties/home"}},
                 "$defs":{"Address":{"type":"object","description":"An address","properties":{"zip":{"$ref":"#/$defs/Zip"}}},
                          "Zip":{"type":["string","null"]}},
                 "definitions":{"a/b c":{"type":"boolean"}}}"""), "p"), """
                {"type":"OBJECT","properties":{
                  "home":{"type":"OBJECT","description":"Where one lives","properties":{"zip":{"type":"STRING","nullable":true}}},
                  "odd":{"type":"BOOLEAN"},
                  "first":{"type":"OBJECT","description":"Where one lives","properties":{"zip":{"type":"STRING","nullable":true}}}},
                 "propertyOrdering":["home","odd","first"]}""");
    }

    @Test
    void aTreeIsWrittenOutTwiceAndThenCut() throws Exception {
        same(SchemaCleaner.plain(tree("""
                {"$ref":"#/$defs/Node","$defs":{"Node":{"type":"object","description":"A node","properties":{
                  "name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#/$defs/Node"}}},
                  "required":["name","children"]}}}"""), "p"), """
                {"type":"OBJECT","description":"A node","required":["name","children"],"properties":{
                  "name":{"type":"STRING"},
                  "children":{"type":"ARRAY","items":{
                    "type":"OBJECT","description":"A node","required":["name","children"],"properties":{
                      "name":{"type":"STRING"},
                      "children":{"type":"ARRAY","items":{"type":"OBJECT","description":"A node"}}}}}}}""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\":\"#\"}",
                "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\"}}}",
                "{\"allOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}",
                "{\"anyOf\":[{\"type\":\"string\"},{\"$ref\":\"#\"}]}",
                "{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/properties/a\"}}}"
            })
    void everyKindOfCircleEnds(String schema) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(SchemaCleaner.plain(tree(schema), "p")).isNotEmpty());
    }

    @Test
    void schemasThatReferCrosswiseAreCutEarlierOrRefused() throws Exception {
        // Twice each would be some 10^5 schemas, once each is 16.
        assertThat(SchemaCleaner.plain(tree(crosswise(3)), "p").toString()).hasSizeLessThan(20_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThatThrownBy(() -> SchemaCleaner.plain(tree(crosswise(12)), "p"))
                        .isInstanceOf(UntranslatableException.class)
                        .hasMessage("The schema is too large for Gemini models once its references are written out."));
    }

    @Test
    void aLongTextIsNotWrittenOutAThousandTimes() {
        var properties = new StringBuilder("\"p\":{}");
        for (int i = 0; i < 900; i++) {
            properties.append(",\"p").append(i).append("\":{\"$ref\":\"#/$defs/x\"}");
        }
        var schema = tree("{\"type\":\"object\",\"properties\":{" + properties
                + "},\"$defs\":{\"x\":{\"type\":\"string\"," + "\"description\":\"" + "x".repeat(100_000) + "\"}}}");
        assertThatThrownBy(() -> SchemaCleaner.plain(schema, "p")).isInstanceOf(UntranslatableException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\":\"#/$defs/ghost\"}",
                "{\"$ref\":\"https://x.test/schema.json\"}",
                "{\"$ref\":7}",
                "{\"$ref\":\"#/%zz\"}",
                "{\"type\":\"file\"}",
                "{\"type\":7}",
                "{\"type\":[\"string\",7]}",
                "{\"anyOf\":{}}",
                "{\"allOf\":\"x\"}",
                "{\"type\":\"object\",\"properties\":{\"a\":false}}",
                "{\"type\":\"object\",\"properties\":{\"a\":7}}",
                "{\"allOf\":[{\"anyOf\":[{\"type\":\"string\"}]},{\"anyOf\":[{\"type\":\"number\"}]}]}"
            })
    void brokenSchemasAreTheClientsFault(String schema) {
        assertThatThrownBy(() -> SchemaCleaner.plain(tree(schema), "tools[0]"))
                .isInstanceOfSatisfying(UntranslatableException.class, e -> assertThat(e.param())
                        .isEqualTo("tools[0]"));
    }

    @Test
    void theClientsTreeIsNotTouched() throws Exception {
        var schema = tree(
                "{\"anyOf\":[{\"$ref\":\"#/$defs/a\"},{\"type\":\"null\"}],\"$defs\":{\"a\":{\"allOf\":[{\"type\":\"string\"}]}}}");
        var before = schema.toString();
        same(SchemaCleaner.plain(schema, "p"), "{\"type\":\"STRING\",\"nullable\":true}");
        assertThat(schema.toString()).isEqualTo(before);
    }

    /** So many schemas, each with a property of every one. */
    private static String crosswise(int count) {
        var definitions = new StringBuilder();
        for (int i = 0; i < count; i++) {
            var properties = new StringBuilder();
            for (int j = 0; j < count; j++) {
                properties
                        .append(j == 0 ? "" : ",")
                        .append("\"p")
                        .append(j)
                        .append("\":{\"$ref\":\"#/$defs/d")
                        .append(j)
                        .append("\"}");
            }
            definitions
                    .append(i == 0 ? "" : ",")
                    .append("\"d")
                    .append(i)
                    .append("\":{\"type\":\"object\",\"properties\":{")
                    .append(properties)
                    .append("}}");
        }
        return "{\"$ref\":\"#/$defs/d0\",\"$defs\":{" + definitions + "}}";
    }
}
