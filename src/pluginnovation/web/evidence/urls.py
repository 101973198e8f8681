"""The addresses of what it changed."""

from django.urls import path

from .pages import answers, draws, plans, sizes, together

urlpatterns = [
    path("effekt/", plans.plans_page, name="effects"),
    path("effekt/ny/", plans.new_page, name="effect_new"),
    path("effekt/storlek/", sizes.sizes_page, name="effect_sizes"),
    path("effekt/storlek/<row:number>/", sizes.size_page, name="effect_size"),
    path("effekt/sammanvagt/<slug:method>/<slug:outcome>/", together.together_page, name="effects_together"),
    path("effekt/<row:number>/", plans.effect_page, name="effect"),
    path("effekt/<row:number>/upplagg/", plans.way_page, name="effect_way"),
    path("effekt/<row:number>/las/", plans.lock_page, name="effect_lock"),
    path("effekt/<row:number>/kasta/", plans.throw_page, name="effect_throw"),
    path("effekt/<row:number>/rakna/", plans.ask_page, name="effect_ask"),
    path("effekt/<row:number>/avsteg/", answers.departure_page, name="effect_departure"),
    path("effekt/<row:number>/lottning/", draws.draw_page, name="effect_draw"),
    path("effekt/<row:number>/sank/", answers.lower_page, name="effect_lower"),
    path("effekt/<row:number>/meddelande/", answers.message_page, name="effect_message"),
    path("effekt/<row:number>/fil/", answers.answer_file, name="effect_file"),
]
