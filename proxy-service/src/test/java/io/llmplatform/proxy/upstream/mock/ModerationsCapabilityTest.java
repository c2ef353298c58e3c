package io.llmplatform.proxy.upstream.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.proxy.api.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ModerationsCapabilityTest {
    private static final String[] CATEGORIES = {
        "harassment",
        "harassment/threatening",
        "hate",
        "hate/threatening",
        "illicit",
        "illicit/violent",
        "self-harm",
        "self-harm/intent",
        "self-harm/instructions",
        "sexual",
        "sexual/minors",
        "violence",
        "violence/graphic"
    };

    @Test
    void everyCategoryIsThereWithItsScore() {
        var answer = moderate("'I will kill you'");
        assertThat(answer.propertyNames()).containsExactly("id", "model", "results");
        var result = answer.at("/results/0");
        assertThat(result.path("categories").propertyNames()).containsExactly(CATEGORIES);
        assertThat(result.path("category_scores").propertyNames()).containsExactly(CATEGORIES);
        assertThat(result.path("category_applied_input_types").propertyNames()).containsExactly(CATEGORIES);
        assertThat(result.path("flagged").asBoolean()).isTrue();
        assertThat(result.path("categories").path("violence").asBoolean()).isTrue();
        assertThat(result.path("categories").path("sexual").asBoolean()).isFalse();
        assertThat(result.path("category_scores").path("violence").asDouble()).isEqualTo(0.98);
        assertThat(result.path("category_scores").path("sexual").asDouble()).isLessThan(0.01);
    }

    @ParameterizedTest
    @CsvSource({
        "Hello there,",
        "the skill of killjoys,",
        "BOMB!,illicit illicit/violent",
        "你好,",
        "我想自杀,self-harm",
        "You idiot: I hate it,harassment hate"
    })
    void onlyWholeWordsAreFlagged(String text, String flagged) {
        var result = moderate("'" + text + "'").at("/results/0");
        var found = result.path("categories").properties().stream()
                .filter(category -> category.getValue().booleanValue())
                .map(java.util.Map.Entry::getKey)
                .toList();
        assertThat(String.join(" ", found)).isEqualTo(flagged == null ? "" : flagged);
        assertThat(result.path("flagged").asBoolean()).isEqualTo(flagged != null);
    }

    @Test
    void severalTextsAreJudgedApartAndPartsTogether() {
        assertThat(moderate("['murder','peace']").path("results"))
                .extracting(result -> result.path("flagged").asBoolean())
                .containsExactly(true, false);
        var parts = moderate("[{'type':'text','text':'murder'},{'type':'image_url','image_url':{'url':'x'}}]");
        assertThat(parts.path("results")).hasSize(1);
        assertThat(parts.at("/results/0/category_applied_input_types/violence"))
                .isEqualTo(Mock.json("['text','image']"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "[]", "[1]", "[{'type':'sound'}]", "['a',{}]"})
    void badInputIsRefused(String input) {
        assertThatThrownBy(() -> moderate(input)).isInstanceOfSatisfying(MockRefusal.class, refusal -> assertThat(
                        refusal.error().param())
                .isEqualTo("input"));
    }

    private static JsonNode moderate(String input) {
        return Mock.json(
                new ModerationsCapability().answer(Mock.ask(Operation.MODERATIONS, "{'input':" + input + "}")));
    }
}
