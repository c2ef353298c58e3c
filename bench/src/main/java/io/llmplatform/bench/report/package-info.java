/** What a run leaves behind: the JSON file with every sample, and the Markdown table made from it and nothing else. */
@NullMarked
package io.llmplatform.bench.report;

import org.jspecify.annotations.NullMarked;
