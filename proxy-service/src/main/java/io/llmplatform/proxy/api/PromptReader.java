package io.llmplatform.proxy.api;

/** Hears of what a value of the request holds that the model reads ({@link PromptScan#walk}). */
interface PromptReader {
    /** The string that the parser stands on. */
    void text();

    /** The input may be tokens already. */
    void token();
}
