/** The usage journal on local disk: one writer thread, group acknowledgement, replay after a crash, and state that follows from the outcomes carried along. Touches files only; knows neither HTTP nor Kafka. */
@NullMarked
package io.llmplatform.proxy.journal;

import org.jspecify.annotations.NullMarked;
