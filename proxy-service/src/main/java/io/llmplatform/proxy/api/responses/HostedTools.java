package io.llmplatform.proxy.api.responses;

/** What becomes of tools that OpenAI itself would run, such as {@code web_search}, which no chat provider has. */
public enum HostedTools {
    /** A 400 that names the tool. */
    REFUSED,
    /**
     * The model never hears of a {@code web_search} that it was free to use or not; {@code tools} of the answer shows what it
     * had. For Codex, which offers one unless told otherwise. All others are refused still.
     */
    WEB_SEARCH_LEFT_OUT
}
