package io.llmplatform.proxy.upstream.mock;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which tools the mock calls. Named by {@code tool_choice}: that one. Otherwise those that the user mentions: by name, by
 * a word of the name with four letters or more ({@code get_weather}: "weather"), or by a word of the description with five
 * or more that is not in everyone's mouth; Chinese by any two characters. None mentioned: none, but the first when
 * {@code required}. After tool results, none ever: the mock would call for ever.
 */
final class ToolChooser {
    private static final int MAX_CALLS = 8;
    private static final int WORD_OF_NAME = 4;
    private static final int WORD_OF_DESCRIPTION = 5;
    private static final Set<String> COMMON = Set.of(
            "about",
            "after",
            "answer",
            "before",
            "being",
            "could",
            "current",
            "every",
            "first",
            "function",
            "given",
            "input",
            "other",
            "please",
            "provide",
            "query",
            "question",
            "return",
            "returns",
            "should",
            "something",
            "their",
            "there",
            "these",
            "thing",
            "things",
            "those",
            "tools",
            "using",
            "value",
            "where",
            "which",
            "would",
            "一个",
            "可以",
            "什么",
            "如何",
            "怎么",
            "用户",
            "指定",
            "给定",
            "进行",
            "使用",
            "信息",
            "返回",
            "工具",
            "问题",
            "我们",
            "请问",
            "这个",
            "那个",
            "根据",
            "以及");

    private final ChatQuestion asked;

    ToolChooser(ChatQuestion asked) {
        this.asked = asked;
    }

    /** The function parts of the chosen tools. */
    List<JsonNode> chosen() {
        var tools = functions();
        var choice = asked.params().at("tool_choice");
        var allowed = choice.path("allowed_tools");
        if (allowed.isObject()) {
            tools = allowed(tools, allowed.path("tools"));
        }
        var mode = allowed.isObject() ? allowed.path("mode").asString("auto") : choice.asString("auto");
        var named = choice.path("function").path("name");
        var forced = named.isString() ? List.of(named(tools, named.stringValue())) : List.<JsonNode>of();
        if (mode.equals("required") && tools.isEmpty()) {
            throw new MockRefusal("tool_choice", "`tool_choice` demands a call, but there are no `tools`.");
        }
        if (mode.equals("none") || !asked.toolResults().isEmpty()) {
            return List.of();
        }
        if (!forced.isEmpty()) {
            return forced;
        }
        var mentioned = mentioned(tools);
        if (mentioned.isEmpty() && mode.equals("required")) {
            return tools.subList(0, 1);
        }
        boolean parallel = asked.params().at("parallel_tool_calls").asBoolean(true);
        return mentioned.subList(0, Math.min(mentioned.size(), parallel ? MAX_CALLS : 1));
    }

    private List<JsonNode> functions() {
        var functions = new ArrayList<JsonNode>();
        for (var tool : asked.params().at("tools")) {
            var function = tool.path("function");
            if (!tool.path("type").asString("").equals("function")
                    || function.path("name").asString("").isEmpty()) {
                throw new MockRefusal("tools", "Expected tools of type `function` with a name: the mock has no other.");
            }
            functions.add(function);
        }
        return functions;
    }

    private static List<JsonNode> allowed(List<JsonNode> tools, JsonNode allowed) {
        var chosen = new ArrayList<JsonNode>();
        for (var tool : allowed) {
            chosen.add(named(tools, tool.path("function").path("name").asString("")));
        }
        return chosen;
    }

    private static JsonNode named(List<JsonNode> tools, String name) {
        return tools.stream()
                .filter(tool -> tool.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow(() -> new MockRefusal(
                        "tool_choice",
                        "`tool_choice` names the tool `" + Words.quote(name, 64) + "`, which is not in `tools`."));
    }

    private List<JsonNode> mentioned(List<JsonNode> tools) {
        var text = asked.question().toLowerCase(Locale.ROOT);
        var words = new HashSet<>(Words.of(text));
        return tools.stream().filter(tool -> mentions(text, words, tool)).toList();
    }

    private static boolean mentions(String text, Set<String> words, JsonNode tool) {
        var name = tool.path("name").asString("");
        var nameInWords = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2");
        return text.contains(name.toLowerCase(Locale.ROOT))
                || anyIn(words, nameInWords, WORD_OF_NAME)
                || anyIn(words, tool.path("description").asString(""), WORD_OF_DESCRIPTION);
    }

    private static boolean anyIn(Set<String> said, String text, int letters) {
        return Words.of(text).stream()
                .filter(word -> Words.isChinese(word) ? word.length() >= 2 : word.length() >= letters)
                .filter(word -> !COMMON.contains(word))
                .anyMatch(said::contains);
    }
}
