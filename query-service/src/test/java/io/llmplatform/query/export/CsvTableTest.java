package io.llmplatform.query.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.json.ContractJson;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class CsvTableTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "=1+1   | '=1+1",
                "+1     | '+1",
                "-1     | '-1",
                "@sum   | '@sum",
                "'=1    | ''=1",
                "'plain | 'plain",
                "plain  | plain",
                "a=b    | a=b",
            })
    void noTextIsAFormula(String text, String cell) throws IOException {
        assertThat(csv("{\"name\":\"" + text + "\"}")).isEqualTo("name\r\n" + cell + "\r\n");
    }

    @Test
    void everyFieldOfAnyRowIsAColumnAndWhatIsNoTextIsJson() throws IOException {
        assertThat(csv(
                        "{\"name\":\"a, \\\"b\\\"\",\"limits\":{\"concurrency\":2}}",
                        "{\"name\":\"c\",\"cache\":false}"))
                .isEqualTo("""
                        name,limits,cache
                        "a, ""b""\","{""concurrency"":2}",
                        c,,false
                        """.replace("\n", "\r\n"));
    }

    @Test
    void nothingIsAnEmptyFile() throws IOException {
        assertThat(csv()).isEmpty();
    }

    private static String csv(String... rows) throws IOException {
        var out = new StringBuilder();
        CsvTable.write(
                List.of(rows).stream()
                        .map(row -> (ObjectNode) ContractJson.mapper().readTree(row))
                        .toList(),
                out);
        return out.toString();
    }
}
