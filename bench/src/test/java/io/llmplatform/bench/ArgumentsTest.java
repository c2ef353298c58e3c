package io.llmplatform.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void readsValuesFlagsAndAWord() {
        var arguments = Arguments.parse(List.of("run.json", "--quick", "--targets", "nginx,direct", "--rounds", "5"));
        assertThat(arguments.flag("--quick")).isTrue();
        assertThat(arguments.list("--targets")).containsExactly("nginx", "direct");
        assertThat(arguments.number("--rounds", 3)).isEqualTo(5);
        assertThat(arguments.number("--port", 8200)).isEqualTo(8200);
        assertThat(arguments.word("file")).isEqualTo("run.json");
        arguments.refuseOthers();
    }

    @Test
    void refusesWhatNobodyKnows() {
        var arguments = Arguments.parse(List.of("--quik"));
        assertThat(arguments.flag("--quick")).isFalse();
        assertThatThrownBy(arguments::refuseOthers).hasMessageContaining("--quik");
    }

    @Test
    void refusesWhatIsNoNumber() {
        var arguments = Arguments.parse(List.of("--rounds", "many"));
        assertThatThrownBy(() -> arguments.number("--rounds", 3)).hasMessageContaining("got 'many'");
    }
}
