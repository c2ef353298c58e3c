package io.llmplatform.proxy.api.stored;

import static io.llmplatform.proxy.api.stored.Stored.ANNA;
import static io.llmplatform.proxy.api.stored.Stored.array;
import static io.llmplatform.proxy.api.stored.Stored.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InputItemsTest {
    private final StoredResponse.Whole stored = StoredResponse.Whole.of(ANNA, json("{\"id\":\"resp_a\"}"), array("""
                    [{"role":"user","content":"one"},{"type":"message","id":"mine","role":"assistant","content":"two"},
                     {"type":"function_call_output","call_id":"c","output":"three"}]"""));

    @Test
    void newestFirstUnlessAskedOtherwise() {
        assertThat(InputItems.list(stored, null, null, "asc")).isEqualTo(json("""
                                {"object":"list","data":[
                                  {"role":"user","content":[{"type":"input_text","text":"one"}],"type":"message","id":"msg_a_i0"},
                                  {"type":"message","id":"mine","role":"assistant","content":[{"type":"output_text","text":"two"}]},
                                  {"type":"function_call_output","call_id":"c","output":"three","id":"item_a_i2"}],
                                 "first_id":"msg_a_i0","last_id":"item_a_i2","has_more":false}"""));
        assertThat(InputItems.list(stored, null, null, null).get("first_id").stringValue())
                .isEqualTo("item_a_i2");
    }

    @Test
    void pages() {
        var first = InputItems.list(stored, null, 2, null);
        assertThat(first.get("has_more").booleanValue()).isTrue();
        assertThat(first.get("last_id").stringValue()).isEqualTo("mine");
        var second = InputItems.list(stored, "mine", 2, null);
        assertThat(second.get("data")).hasSize(1);
        assertThat(second.get("has_more").booleanValue()).isFalse();
        assertThat(InputItems.list(stored, "msg_a_i0", 2, null))
                .isEqualTo(json(
                        "{\"object\":\"list\",\"data\":[],\"first_id\":null,\"last_id\":null,\"has_more\":false}"));
    }

    @Test
    void badPagesAreRefused() {
        assertThatThrownBy(() -> InputItems.list(stored, "nope", null, null)).hasMessageContaining("'after'");
        assertThatThrownBy(() -> InputItems.list(stored, null, 0, null)).hasMessageContaining("'limit'");
        assertThatThrownBy(() -> InputItems.list(stored, null, 101, null)).hasMessageContaining("'limit'");
        assertThatThrownBy(() -> InputItems.list(stored, null, null, "up")).hasMessageContaining("'order'");
    }

    @Test
    void theDeletionIsConfirmed() {
        assertThat(InputItems.deleted("resp_a"))
                .isEqualTo(json("{\"id\":\"resp_a\",\"object\":\"response\",\"deleted\":true}"));
    }
}
