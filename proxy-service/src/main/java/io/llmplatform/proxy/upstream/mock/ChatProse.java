package io.llmplatform.proxy.upstream.mock;

import java.util.List;

/** What the mock says where no form is asked for, in the language it was asked in. */
final class ChatProse {
    private static final int QUOTED = 80;
    private static final int QUOTED_RESULT = 400;
    private static final int MAX_RESULTS = 16;

    private ChatProse() {}

    /** @param number of the choice, from 0 */
    static String answer(ChatQuestion asked, int number) {
        boolean chinese = Words.isChinese(asked.question());
        var choice = number == 0 ? "" : chinese ? "（第 " + (number + 1) + " 个回答）" : "(Answer " + (number + 1) + ") ";
        if (!asked.toolResults().isEmpty()) {
            return choice + results(asked.toolResults(), chinese);
        }
        var quoted = Words.quote(asked.question(), QUOTED);
        return choice + (chinese ? chinese(quoted, asked.images()) : english(quoted, asked.images()));
    }

    static String reasoning(ChatQuestion asked) {
        return Words.isChinese(asked.question())
                ? "用户提出了一个问题。我是模拟模型，先思考片刻，再作答。"
                : "The user asks something. I am a mock, so I think for a moment and then answer.";
    }

    private static String english(String quoted, int images) {
        return "This is the built-in mock model speaking. You said: \"" + quoted + "\". "
                + (images == 0 ? "" : "You showed me " + images + (images == 1 ? " image. " : " images. "))
                + "A real provider would answer that in earnest; I only show that the request went through the"
                + " gateway, was counted, and came back to you word by word. Give this model a real provider in the"
                + " console when you are ready.";
    }

    private static String chinese(String quoted, int images) {
        return "您好，我是平台内置的模拟模型。您说的是：“" + quoted + "”。"
                + (images == 0 ? "" : "您给我看了 " + images + " 张图片。")
                + "真实的模型会认真回答这个问题；我只用来说明请求已经通过网关、完成计量，并逐字返回给您。"
                + "准备好之后，请在控制台为该模型配置真实的提供商。";
    }

    private static String results(List<String> results, boolean chinese) {
        var quoted = results.stream()
                .limit(MAX_RESULTS)
                .map(result -> Words.quote(result, QUOTED_RESULT))
                .toList();
        return chinese ? "工具的返回结果是：" + String.join("；", quoted) : "The tools answered: " + String.join("; ", quoted);
    }
}
