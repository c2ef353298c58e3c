package io.llmplatform.contracts.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.contracts.json.ContractJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PersonalDataTest {
    private static final String EVENT = """
            {"user_id": "usr_1", "username": {"subject": "usr_1", "clear": "安娜"},
             "details": {"role": "member", "email": {"subject": "usr_1", "clear": "ann@example.org"}},
             "seen_by": [{"subject": "usr_2", "clear": "bob"}], "other": {"subject": "usr_3", "clear": 7}}""";

    private final Map<String, byte[]> keys = new HashMap<>();

    @Test
    void sealsEveryPersonalValueUnderTheKeyOfItsSubjectAndOpensItAgain() {
        var tree = sealed();

        assertThat(tree.toString())
                .doesNotContain("安娜", "ann@example.org", "bob")
                .contains("member", "\"clear\":7");
        assertThat(PersonalData.subjects(tree)).containsExactly("usr_1", "usr_2");
        assertThat(keys).containsOnlyKeys("usr_1", "usr_2");

        PersonalData.open(tree, this::find);
        assertThat(tree).isEqualTo(json(EVENT));
    }

    @Test
    void twoSealsOfTheSameValueCannotBeToldToBeTheSame() {
        assertThat(sealed()).isNotEqualTo(sealed());
    }

    @Test
    void withoutTheKeyAValueIsErasedAndTheOthersAreNot() {
        var tree = sealed();
        keys.remove("usr_1");

        PersonalData.open(tree, this::find);

        assertThat(tree.at("/username/clear").stringValue()).isEqualTo(PersonalData.ERASED);
        assertThat(tree.at("/details/email/clear").stringValue()).isEqualTo(PersonalData.ERASED);
        assertThat(tree.at("/seen_by/0/clear").stringValue()).isEqualTo("bob");
    }

    @Test
    void itIsToldWhetherEveryValueCouldBeOpened() {
        assertThat(PersonalData.openAll(sealed(), this::find)).isTrue();

        var tree = sealed();
        keys.remove("usr_2");

        assertThat(PersonalData.openAll(tree, this::find)).isFalse();
    }

    @Test
    void whatIsErasedStaysSoAndMakesNoKey() {
        var tree = sealed();
        keys.remove("usr_1");
        PersonalData.open(tree, this::find);

        PersonalData.seal(tree, keys::get);

        assertThat(tree.at("/username/clear").stringValue()).isEqualTo(PersonalData.ERASED);
        assertThat(tree.toString()).doesNotContain("bob");
        assertThat(keys).containsOnlyKeys("usr_2");
    }

    @Test
    void aValueMovedToAnotherSubjectOrSpoiltDoesNotOpen() {
        var tree = sealed();
        keys.put("usr_9", keys.get("usr_1"));
        var moved = ContractJson.mapper().createObjectNode().put("subject", "usr_9");
        moved.set("sealed", tree.at("/username/sealed"));
        var spoilt =
                ContractJson.mapper().createObjectNode().put("subject", "usr_1").put("sealed", "not base64!");

        PersonalData.open(moved, this::find);
        PersonalData.open(spoilt, this::find);

        assertThat(moved.get("clear").stringValue()).isEqualTo(PersonalData.ERASED);
        assertThat(spoilt.get("clear").stringValue()).isEqualTo(PersonalData.ERASED);
    }

    @Test
    void whatWasStoredBeforeTheSealingIsReadAsItIs() {
        var tree = json(EVENT);
        PersonalData.open(tree, PersonKeys.none());
        assertThat(tree).isEqualTo(json(EVENT));
    }

    @Test
    void aKeyIsWrappedForOnePersonUnderOnePlatformKey() {
        var box = new PersonKeyBox(bytes(1));
        var wrapped = box.wrap(bytes(7), "usr_1");

        assertThat(box.unwrap(wrapped, "usr_1")).isEqualTo(bytes(7));
        assertThatThrownBy(() -> box.unwrap(wrapped, "usr_2")).hasMessageContaining("PERSONAL_DATA_KEY");
        assertThatThrownBy(() -> new PersonKeyBox(bytes(2)).unwrap(wrapped, "usr_1"))
                .hasMessageContaining("PERSONAL_DATA_KEY");
    }

    private JsonNode sealed() {
        var tree = json(EVENT);
        PersonalData.seal(tree, subject -> keys.computeIfAbsent(subject, _ -> bytes(keys.size() + 1)));
        return tree;
    }

    private Optional<byte[]> find(String subject) {
        return Optional.ofNullable(keys.get(subject));
    }

    private static byte[] bytes(int value) {
        var bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static JsonNode json(String text) {
        return ContractJson.mapper().readTree(text);
    }
}
