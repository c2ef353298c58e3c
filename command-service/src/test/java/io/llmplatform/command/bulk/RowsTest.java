package io.llmplatform.command.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.command.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {
    @Test
    void cellsBecomeFieldsOfTheirType() {
        var rows = Rows.ofCsv("""
                \uFEFFname,limits,allowed_models,cache,expires_at
                "a, ""b""\nc",{"concurrency":2},"[""m""]",false,2030-01-31T12:00:00Z

                '=1+1,,,,
                ''=1+1,,,,
                'x,,,,
                007,,,,
                """);

        assertThat(rows)
                .extracting(Object::toString)
                .containsExactly(
                        """
                {"name":"a, \\"b\\"\\nc","limits":{"concurrency":2},"allowed_models":["m"],"cache":false,\
                "expires_at":"2030-01-31T12:00:00Z"}""", "{\"name\":\"=1+1\"}", "{\"name\":\"'=1+1\"}", "{\"name\":\"'x\"}", "{\"name\":\"007\"}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "name;limits^a;{\"concurrency\" | rows[0].limits",
                "name;limits^a | rows[0]",
                "name;name^a;b | body",
                "name^\"a | body",
            })
    void brokenCsvIsToldByRowAndColumn(String csv, String field) {
        assertThatThrownBy(() -> Rows.ofCsv(csv.strip().replace(';', ',').replace('^', '\n')))
                .isInstanceOfSatisfying(Refusal.Invalid.class, refusal -> assertThat(
                                refusal.errors().getFirst().field())
                        .isEqualTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {"{} | body", "[1] | rows[0]", "[ | body", "~~ | body", "7 | body"})
    void onlyAnArrayOfObjectsIsTaken(String json, String field) {
        assertThatThrownBy(() -> Rows.ofJson(json)).isInstanceOfSatisfying(Refusal.Invalid.class, refusal -> assertThat(
                        refusal.errors().getFirst().field())
                .isEqualTo(field));
    }

    @Test
    void theNumberOfRowsIsBounded() {
        assertThat(Rows.ofCsv("name\n" + "a\n".repeat(Rows.MOST))).hasSize(Rows.MOST);
        assertThatThrownBy(() -> Rows.ofCsv("name\n" + "a\n".repeat(Rows.MOST + 1)))
                .hasMessageContaining("at most 500");
        assertThatThrownBy(() -> Rows.ofJson("[" + "{},".repeat(Rows.MOST) + "{}]"))
                .hasMessageContaining("at most 500");
    }
}
