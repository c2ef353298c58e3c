package io.llmplatform.proxy.upstream.mock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MockAnswerTest {
    @Test
    void answersInTheLanguageOfTheQuestionAndQuotesIt() {
        assertThat(answer("介绍一下人工智能 🌍", "").text()).startsWith("您好").contains("“介绍一下人工智能 🌍”");
        assertThat(answer("Hello there", "").text()).contains("\"Hello there\"");
    }

    @Test
    void theSameQuestionGetsTheSameAnswer() {
        assertThat(answer("Hello", "")).isEqualTo(answer("Hello", ""));
    }

    @Test
    void theLimitOfTokensIsKept() {
        var cut = answer("Hello", ",\"max_tokens\":3");
        assertThat(cut.pieces()).hasSize(3);
        assertThat(cut.finishReason()).isEqualTo("length");
        assertThat(answer("Hello", ",\"max_completion_tokens\":100000").finishReason())
                .isEqualTo("stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1E+99999", "123456789012345678901234567890"})
    void numbersOfAnySizeAreNoHindrance(String number) {
        assertThat(answer("Hello", ",\"temperature\":" + number + ",\"x\":[{\"y\":" + number + "}]")
                        .finishReason())
                .isEqualTo("stop");
        assertThat(answer("Hello", ",\"max_tokens\":" + number).finishReason()).isEqualTo("stop");
    }

    @Test
    void piecesAreTheTextAndNeverHalfACharacter() {
        var answer = answer("🌍🌍🌍", "");
        assertThat(answer.pieces()).noneMatch(piece -> Character.isLowSurrogate(piece.charAt(0)));
        assertThat(String.join("", answer.pieces())).isEqualTo(answer.text()).contains("🌍🌍🌍");
    }

    @Test
    void timingComesFromTheBaseUrl() {
        assertThat(MockTiming.of("mock:?first_token_ms=5&token_ms=0")).isEqualTo(new MockTiming(5, 0));
        assertThat(MockTiming.of("mock:?token_ms=x")).isEqualTo(MockTiming.of("mock:"));
    }

    private static MockAnswer answer(String question, String more) {
        var body = "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"" + question + "\"}]}]" + more + "}";
        return MockAnswer.to(body.getBytes(UTF_8));
    }
}
