"""``kbkit simulate-inference``."""

# No postponed annotations here: typer reads them, and their help is made for one language.

from typing import Annotated

import typer

from kbkit.cli.arguments import Arguments
from kbkit.cli.screen import Screen
from kbkit.text import Language, Style


def add_simulate(app: typer.Typer, screen: Screen) -> None:
    """Add the command."""
    make = Arguments(screen.catalogue)

    @app.command(name="simulate-inference", help=screen.catalogue.say("cli.help_simulate"), cls=make.command)
    def simulate_inference(
        data_sets: Annotated[int, make.option("--data-sets", help_key="data_sets", min=10)] = 500,
        seed: Annotated[int, make.option("--seed", help_key="seed", min=0)] = 1,
        language: Annotated[Language, make.option("--language", help_key="language")] = screen.language,
    ) -> None:
        from kbkit.methods.inference_study import DESIGNS
        from kbkit.methods.inference_study import simulate_inference as simulate

        style = Style(language)
        for name, design in DESIGNS.items():
            study = simulate(design=design, data_sets=data_sets, seed=seed)
            screen.say("cli.study_design", design=name, data_sets=style.count(data_sets), undefined=study.undefined)
            for procedure, rates in study.rates.items():
                screen.say(
                    "cli.study_rates",
                    procedure=procedure,
                    size=style.percent(rates.size),
                    power=style.percent(rates.power),
                    coverage=style.percent(rates.coverage),
                )
