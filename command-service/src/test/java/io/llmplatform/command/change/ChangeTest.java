package io.llmplatform.command.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ChangeTest {
    private final JsonMapper json = JsonMapper.builder().build();

    record Body(Change<String> name, Change<List<Integer>> numbers) {}

    @Test
    void absentKeepsNullClearsAndAValueReplaces() {
        assertThat(json.readValue("{}", Body.class)).isEqualTo(new Body(Change.keep(), Change.keep()));
        assertThat(json.readValue("{\"name\":null,\"numbers\":[1,2]}", Body.class))
                .isEqualTo(new Body(new Change.Clear<>(), Change.to(List.of(1, 2))));
    }

    @Test
    void isAppliedToTheFormerValue() {
        assertThat(Change.<String>keep().on("old")).isEqualTo("old");
        assertThat(new Change.Clear<String>().on("old")).isNull();
        assertThat(Change.to("new").on("old")).isEqualTo("new");
        assertThat(Change.to("new").map(String::length)).isEqualTo(Change.to(3));
    }
}
