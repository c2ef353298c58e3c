package io.llmplatform.proxy.upstream.anthropic;

import static io.llmplatform.proxy.api.messages.Translated.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.api.messages.Translated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatTurnsToMessagesTest {
    private final Translated chat = new Translated(new ChatToMessages());

    @Test
    void theSmallestRequest() {
        assertThat(chat.request("""
                {"model":"claude-sonnet-4-5","messages":[{"role":"user","content":"Hi"}]}
                """)).isEqualTo(json("""
                {"model":"claude-sonnet-4-5","max_tokens":4096,
                 "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}
                """));
    }

    @Test
    void instructionsFromAnywhereMoveToTheHead() {
        var out = chat.request("""
                {"model":"m","messages":[
                 {"role":"system","content":"One"},
                 {"role":"user","content":"Hi"},
                 {"role":"developer","content":[{"type":"text","text":"Two"},{"type":"text","text":"Three"}]}]}
                """);
        assertThat(out.path("system")).isEqualTo(json("""
                [{"type":"text","text":"One"},{"type":"text","text":"Two"},{"type":"text","text":"Three"}]
                """));
        assertThat(out.path("messages")).isEqualTo(json("""
                [{"role":"user","content":[{"type":"text","text":"Hi"}]}]
                """));
        assertThat(chat.request("""
                {"model":"m","messages":[{"role":"system","content":"One"},{"role":"user","content":"Hi"}]}
                """).path("system")).isEqualTo(json("\"One\""));
    }

    @Test
    void aWholeToolLoopWithSignedThoughts() {
        assertThat(chat.request("""
                {"model":"m","messages":[
                 {"role":"user","content":"Weather?"},
                 {"role":"assistant","content":"Let me look.","reasoning_content":"hm",
                  "thinking_blocks":[{"type":"thinking","thinking":"hm","signature":"c2ln"},
                                     {"type":"redacted_thinking","data":"ZGF0YQ=="},
                                     {"type":"thinking","thinking":"of another model","signature":""}],
                  "tool_calls":[{"id":"call_1","type":"function","function":{"name":"w","arguments":"{\\"c\\":\\"Rome\\"}"}},
                                {"id":"functions.w:1","type":"function","function":{"name":"w","arguments":""}}]},
                 {"role":"tool","tool_call_id":"call_1","content":"sun"},
                 {"role":"tool","tool_call_id":"functions.w:1","content":[{"type":"text","text":"rain"}]},
                 {"role":"user","content":"And?"}]}
                """)).isEqualTo(json("""
                {"model":"m","max_tokens":4096,"messages":[
                 {"role":"user","content":[{"type":"text","text":"Weather?"}]},
                 {"role":"assistant","content":[
                  {"type":"thinking","thinking":"hm","signature":"c2ln"},
                  {"type":"redacted_thinking","data":"ZGF0YQ=="},
                  {"type":"text","text":"Let me look."},
                  {"type":"tool_use","id":"call_1","name":"w","input":{"c":"Rome"}},
                  {"type":"tool_use","id":"functions_w_1","name":"w","input":{}}]},
                 {"role":"user","content":[
                  {"type":"tool_result","tool_use_id":"call_1","content":"sun"},
                  {"type":"tool_result","tool_use_id":"functions_w_1","content":[{"type":"text","text":"rain"}]},
                  {"type":"text","text":"And?"}]}],
                 "tools":[{"name":"w","input_schema":{"type":"object"}}],"tool_choice":{"type":"none"}}
                """));
    }

    @Test
    void turnsOfOneRoleMergeAndResultsComeFirst() {
        assertThat(chat.request("""
                {"model":"m","messages":[
                 {"role":"user","content":"a"},{"role":"user","content":""},{"role":"user","content":"b"},
                 {"role":"assistant","content":"c"},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"x","type":null,"function":{"name":"t","arguments":"{}"}}]},
                 {"role":"user","content":"early"},
                 {"role":"tool","tool_call_id":"x","content":""}],
                 "tools":[{"type":"function","function":{"name":"t"}}]}
                """).path("messages")).isEqualTo(json("""
                [{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},
                 {"role":"assistant","content":[{"type":"text","text":"c"},{"type":"tool_use","id":"x","name":"t","input":{}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"x","content":""},{"type":"text","text":"early"}]}]
                """));
    }

    @Test
    void imagesAndFiles() {
        assertThat(chat.request("""
                {"model":"m","messages":[{"role":"user","content":[
                 {"type":"image_url","image_url":{"url":"data:image/PNG;base64,AAAA","detail":"high"}},
                 {"type":"image_url","image_url":{"url":"https://example.com/a.jpg"}},
                 {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"}},
                 {"type":"file","file":{"filename":"a.txt","file_data":"data:text/plain;charset=utf-8;base64,aMOp"}},
                 {"type":"text","text":"?"}]}]}
                """).path("messages").path(0).path("content")).isEqualTo(json("""
                [{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},
                 {"type":"image","source":{"type":"url","url":"https://example.com/a.jpg"}},
                 {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBE"},"title":"a.pdf"},
                 {"type":"document","source":{"type":"text","media_type":"text/plain","data":"hé"},"title":"a.txt"},
                 {"type":"text","text":"?"}]
                """));
    }

    @Test
    void cacheMarksTravel() {
        assertThat(chat.request("""
                {"model":"m","cache_control":{"type":"ephemeral"},"messages":[
                 {"role":"system","content":[{"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"1h"}}]},
                 {"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"}]},
                 {"role":"assistant","content":"c","cache_control":{"type":"ephemeral"},
                  "tool_calls":[{"id":"x","type":"function","function":{"name":"t","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"x","content":"d","cache_control":{"type":"ephemeral"}}],
                 "tools":[{"type":"function","function":{"name":"t"},"cache_control":{"type":"ephemeral"}}]}
                """)).isEqualTo(json("""
                {"model":"m","max_tokens":4096,"cache_control":{"type":"ephemeral"},
                 "system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"1h"}}],
                 "messages":[
                  {"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"}]},
                  {"role":"assistant","content":[{"type":"text","text":"c"},
                   {"type":"tool_use","id":"x","name":"t","input":{},"cache_control":{"type":"ephemeral"}}]},
                  {"role":"user","content":[{"type":"tool_result","tool_use_id":"x","content":"d","cache_control":{"type":"ephemeral"}}]}],
                 "tools":[{"name":"t","input_schema":{"type":"object","properties":{}},"cache_control":{"type":"ephemeral"}}]}
                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":{}}]} | messages[0].content[0].type | input_audio",
                "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/tiff;base64,AA\"}}]} | messages[0].content[0].image_url.url | image/tiff",
                "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"ftp://a\"}}]} | messages[0].content[0].image_url.url | http(s)",
                "{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}]} | messages[0].content[0].file | stored",
                "{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_data\":\"data:text/csv;base64,AA\"}}]} | messages[0].content[0].file.file_data | text/csv",
                "{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_data\":\"data:text/plain;base64,!\"}}]} | messages[0].content[0].file.file_data | base64",
                "{\"role\":\"user\",\"content\":7} | messages[0].content | content parts",
                "{\"role\":\"system\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a\"}}]} | messages[0].content[0].type | image_url",
                "{\"role\":\"function\",\"content\":\"a\"} | messages[0].role | system, developer",
                "{\"role\":\"tool\",\"content\":\"a\"} | messages[0].tool_call_id | id",
                "{\"role\":\"assistant\",\"function_call\":{}} | messages[0].function_call | tool_calls",
                "{\"role\":\"assistant\",\"audio\":{\"id\":\"a\"}} | messages[0].audio | audio",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"custom\"}]} | messages[0].tool_calls[0].type | function",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"t\",\"arguments\":\"{\"}}]} | messages[0].tool_calls[0].function.arguments | JSON object",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"t\",\"arguments\":\"[1]\"}}]} | messages[0].tool_calls[0].function.arguments | JSON object",
                "{\"role\":\"user\",\"content\":\"\"} | messages | not empty"
            })
    void whatCannotBeSaid(String message, String param, String words) {
        chat.refuses("{\"model\":\"m\",\"messages\":[" + message + "]}", param, words);
    }
}
